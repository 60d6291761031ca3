package ai.orchestrator.cache.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How large the file is, without what waits in its log.
 *
 * @param pages pages that the file is long
 * @param freePages those among them that hold nothing
 * @param pageBytes bytes of a page
 */
record FileSize(long pages, long freePages, long pageBytes) {
    static final FileSize UNKNOWN = new FileSize(0, 0, 1);

    /** Of the file as the connection sees it, within its transaction. */
    static FileSize of(Statements statements) throws SQLException {
        String sql = """
                SELECT page_count, freelist_count, page_size
                FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()
                """;
        try (ResultSet size = statements.with(sql).executeQuery()) {
            size.next();
            return new FileSize(size.getLong(1), size.getLong(2), size.getLong(3));
        }
    }

    long bytes() {
        return pages * pageBytes;
    }

    long bytesInUse() {
        return (pages - freePages) * pageBytes;
    }
}
