package ai.orchestrator.cache.sqlite;

import java.util.Arrays;

/**
 * How much is deleted in one transaction, so that other writes get their turn between.
 *
 * @param rows at most so many rows
 * @param bytes and of those as many as hold so many bytes, if that is fewer
 */
record Slice(long rows, long bytes) {
    /** A few milliseconds' work, the same for small rows and large ones. */
    static final Slice USUAL = new Slice(200, 8 << 20);

    /** Selects the ids of a slice of those rows; they have an {@code id}, a {@code size}, and a {@code rank} that orders them. */
    static String of(String rows) {
        return """
                SELECT id FROM (
                  SELECT id, SUM(size) OVER (ORDER BY rank, id) - size AS before FROM (%s LIMIT ?))
                WHERE before < ?
                """.formatted(rows);
    }

    /** The values for the question marks of such a selection, after those of the rows. */
    Object[] after(Object... values) {
        Object[] all = Arrays.copyOf(values, values.length + 2);
        all[values.length] = rows;
        all[values.length + 1] = bytes;
        return all;
    }

    /** This slice, but not more bytes than so many. */
    Slice upTo(long mostBytes) {
        return new Slice(rows, Math.min(bytes, mostBytes));
    }
}
