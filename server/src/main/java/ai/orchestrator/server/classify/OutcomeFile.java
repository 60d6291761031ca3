package ai.orchestrator.server.classify;

import ai.orchestrator.plugin.classify.Outcome;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads outcomes from a file of tab-separated values, packed with gzip or not, in UTF-8. The first line names the columns, of which
 * {@code prompt}, {@code weak_correct}, {@code strong_correct} and {@code contaminated} are looked at; cells may be quoted as RFC 4180 has it.
 */
public final class OutcomeFile {
    private static final String PROMPT = "prompt";
    private static final String WEAK = "weak_correct";
    private static final String STRONG = "strong_correct";
    private static final String CONTAMINATED = "contaminated";
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.IGNORE_TRAILING_UNMAPPABLE)
            .build();

    private OutcomeFile() {}

    /**
     * What a file holds.
     *
     * @param outcomes of the rows that say how both models did
     * @param unknown rows left out because they do not say it
     * @param contaminated rows left out because they are marked as not to be used
     */
    public record Outcomes(List<Outcome> outcomes, int unknown, int contaminated) {}

    /** @throws BadOutcomesException if it cannot be read, lacks a column, has a bad cell, or has no row that says how both models did */
    public static Outcomes read(Path file) throws BadOutcomesException {
        List<Outcome> outcomes = new ArrayList<>();
        int unknown = 0;
        int contaminated = 0;
        for (Row row : rows(file, Set.of(PROMPT, WEAK, STRONG))) {
            Optional<Boolean> weak = row.flag(WEAK);
            Optional<Boolean> strong = row.flag(STRONG);
            if (row.flag(CONTAMINATED).orElse(false)) {
                contaminated++;
            } else if (weak.isEmpty() || strong.isEmpty() || row.prompt().isBlank()) {
                unknown++;
            } else {
                outcomes.add(new Outcome(row.prompt(), weak.get(), strong.get()));
            }
        }
        if (outcomes.isEmpty()) {
            throw new BadOutcomesException(file + " has no row that says how both models did (" + unknown
                    + " do not say it, " + contaminated + " are marked as contaminated)");
        }
        return new Outcomes(outcomes, unknown, contaminated);
    }

    /** The prompts alone, for which no other column is needed. */
    public static List<String> prompts(Path file) throws BadOutcomesException {
        List<String> prompts = rows(file, Set.of(PROMPT)).stream()
                .map(Row::prompt)
                .filter(prompt -> !prompt.isBlank())
                .toList();
        if (prompts.isEmpty()) {
            throw new BadOutcomesException(file + " has no prompts");
        }
        return prompts;
    }

    private record Row(Map<String, String> cells, String where) {
        String prompt() {
            return Objects.requireNonNullElse(cells.get(PROMPT), "");
        }

        Optional<Boolean> flag(String column) throws BadOutcomesException {
            String cell = Objects.requireNonNullElse(cells.get(column), "").strip();
            return switch (cell) {
                case "" -> Optional.empty();
                case "0", "0.0", "false", "False" -> Optional.of(false);
                case "1", "1.0", "true", "True" -> Optional.of(true);
                default ->
                    throw new BadOutcomesException(where + ": " + column
                            + ": expected 0 or 1, or nothing where it is not known, found '" + cell + "'");
            };
        }
    }

    private static List<Row> rows(Path file, Set<String> wanted) throws BadOutcomesException {
        List<Row> rows = new ArrayList<>();
        CsvSchema schema = CsvSchema.emptySchema().withHeader().withColumnSeparator('\t');
        try (Reader text = text(file);
                MappingIterator<Map<String, String>> lines =
                        MAPPER.readerForMapOf(String.class).with(schema).readValues(text)) {
            boolean first = true;
            while (lines.hasNextValue()) {
                Map<String, String> cells = lines.nextValue();
                if (first) {
                    requireColumns(file, ((CsvSchema) lines.getParserSchema()), wanted);
                    first = false;
                }
                rows.add(new Row(
                        cells,
                        file + ":" + Math.max(1, lines.getCurrentLocation().getLineNr() - 1)));
            }
            if (first) {
                requireColumns(file, ((CsvSchema) lines.getParserSchema()), wanted);
            }
        } catch (NoSuchFileException e) {
            throw new BadOutcomesException(file + " is not there");
        } catch (CharacterCodingException e) {
            throw new BadOutcomesException(file + " is not UTF-8 text");
        } catch (ZipException e) {
            throw new BadOutcomesException(file + " is packed with gzip and damaged");
        } catch (JsonProcessingException e) {
            throw noTable(file, e.getOriginalMessage());
        } catch (RuntimeJsonMappingException e) {
            throw noTable(file, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new BadOutcomesException(file + " cannot be read: " + e.getMessage());
        }
        return rows;
    }

    private static BadOutcomesException noTable(Path file, String reason) {
        return new BadOutcomesException(
                file + " is no table of tab-separated values whose first line names the columns: " + reason);
    }

    private static void requireColumns(Path file, CsvSchema schema, Set<String> wanted) throws BadOutcomesException {
        List<String> missing = wanted.stream()
                .filter(column -> schema.column(column) == null)
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new BadOutcomesException(file + ":1: there is no column " + String.join(" and none ", missing)
                    + "; the first line has to name the columns, with tabs between them");
        }
    }

    private static Reader text(Path file) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        bytes.mark(2);
        boolean packed = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
        bytes.reset();
        InputStream unpacked = packed ? new GZIPInputStream(bytes) : bytes;
        PushbackReader text = new PushbackReader(new InputStreamReader(
                unpacked,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return text;
    }
}
