package ai.orchestrator.bench.routing;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Rows of a table of outcomes, without those that are marked as contaminated. */
record Rows(List<Map<String, String>> rows) {
    private static final String DOMAIN = "domain";
    private static final List<String> COLUMNS = List.of("prompt", "weak_correct", "strong_correct");
    private static final CsvMapper MAPPER = new CsvMapper();

    static Rows read(Path file) throws IOException {
        CsvSchema schema = CsvSchema.emptySchema().withHeader().withColumnSeparator('\t');
        try (Reader text = text(file);
                MappingIterator<Map<String, String>> lines =
                        MAPPER.readerForMapOf(String.class).with(schema).readValues(text)) {
            return new Rows(lines.readAll().stream()
                    .filter(row -> !"1".equals(row.get("contaminated")))
                    .toList());
        }
    }

    int size() {
        return rows.size();
    }

    /** In another order, the same for the same seed. */
    Rows shuffled(long seed) {
        List<Map<String, String>> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        return new Rows(shuffled);
    }

    Rows part(int from, int to) {
        return new Rows(rows.subList(Math.min(from, rows.size()), Math.min(to, rows.size())));
    }

    Rows where(Predicate<String> domain) {
        return new Rows(rows.stream()
                .filter(row -> domain.test(Objects.requireNonNullElse(row.get(DOMAIN), "")))
                .toList());
    }

    Set<String> domains() {
        return rows.stream()
                .map(row -> Objects.requireNonNullElse(row.get(DOMAIN), ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Writes a table that the product reads. */
    Path write(Path file) {
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write(String.join("\t", COLUMNS) + "\n");
            for (Map<String, String> row : rows) {
                out.write(COLUMNS.stream()
                                .map(column -> quoted(Objects.requireNonNullElse(row.get(column), "")))
                                .collect(Collectors.joining("\t"))
                        + "\n");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static Reader text(Path file) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        bytes.mark(2);
        boolean packed = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        InputStream unpacked = packed ? new GZIPInputStream(bytes) : bytes;
        return new InputStreamReader(unpacked, StandardCharsets.UTF_8);
    }
}
