package ai.orchestrator.server.search.evaluate;

import ai.orchestrator.server.search.evaluate.Collection.Judged;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Reads the files of collections, in the forms in which they are handed round. */
final class CollectionFiles {
    private static final int GZIP_FIRST = 0x1f;
    private static final Pattern ITEM = Pattern.compile("\\.I\\s+(\\d+)\\s*");
    private static final Pattern FIELD = Pattern.compile("\\.[ABTW]\\s*");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern TAB = Pattern.compile("\t");
    private static final int WORST_GRADE = 5;

    private CollectionFiles() {}

    static Map<String, Judged> documents(Path file) throws BadCollectionException {
        List<String> lines = lines(file);
        Map<String, Judged> documents = new LinkedHashMap<>();
        if (isCranfield(lines)) {
            items(lines).forEach((id, fields) -> documents.put(id, new Judged(field(fields, 'T'), field(fields, 'W'))));
        } else {
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                String[] cells = TAB.split(line, 3);
                if (cells.length < 2) {
                    throw new BadCollectionException(
                            file + ": a line is not 'doc_id', 'title' and text with tabs between: "
                                    + line.substring(0, Math.min(60, line.length())));
                }
                documents.put(
                        cells[0],
                        cells.length == 2
                                ? new Judged("", unquoted(cells[1]))
                                : new Judged(unquoted(cells[1]), unquoted(cells[2])));
            }
        }
        return filled(documents, file, "document");
    }

    static Map<String, String> queries(Path file) throws BadCollectionException {
        List<String> lines = lines(file);
        Map<String, String> queries = new LinkedHashMap<>();
        if (isCranfield(lines)) {
            for (Map<Character, StringBuilder> fields : items(lines).values()) {
                queries.put(String.valueOf(queries.size() + 1), field(fields, 'W'));
            }
        } else {
            for (String line : lines) {
                String[] cells = TAB.split(line, 2);
                if (cells.length < 2) {
                    throw new BadCollectionException(file + ": a line is not a query's id and text with a tab between: "
                            + line.substring(0, Math.min(60, line.length())));
                }
                queries.put(cells[0], unquoted(cells[1]));
            }
        }
        return filled(queries, file, "query");
    }

    static Map<String, Map<String, Integer>> gains(Path file) throws BadCollectionException {
        Map<String, Map<String, Integer>> gains = new HashMap<>();
        for (String line : lines(file)) {
            String[] cells = SPACE.split(line.strip());
            try {
                if (cells.length == 4) {
                    add(gains, cells[0], cells[2], Integer.parseInt(cells[3]));
                } else if (cells.length == 3) {
                    int grade = Integer.parseInt(cells[2]);
                    add(gains, cells[0], cells[1], grade < 1 ? 0 : WORST_GRADE - grade);
                } else {
                    throw new NumberFormatException();
                }
            } catch (NumberFormatException e) {
                throw new BadCollectionException(file + ": a line is no judgement: " + line);
            }
        }
        return filled(gains, file, "judgement");
    }

    private static void add(Map<String, Map<String, Integer>> gains, String query, String document, int gain) {
        if (gain > 0) {
            gains.computeIfAbsent(query, none -> new HashMap<>()).put(document, gain);
        }
    }

    private static <T> Map<String, T> filled(Map<String, T> read, Path file, String what)
            throws BadCollectionException {
        if (read.isEmpty()) {
            throw new BadCollectionException(file + " has no " + what);
        }
        return read;
    }

    private static boolean isCranfield(List<String> lines) {
        return !lines.isEmpty() && ITEM.matcher(lines.getFirst()).matches();
    }

    /** The fields of each item, by the letter that begins them. */
    private static Map<String, Map<Character, StringBuilder>> items(List<String> lines) {
        Map<String, Map<Character, StringBuilder>> items = new LinkedHashMap<>();
        Map<Character, StringBuilder> item = new HashMap<>();
        StringBuilder field = new StringBuilder();
        for (String line : lines) {
            var start = ITEM.matcher(line);
            if (start.matches()) {
                item = new HashMap<>();
                items.put(start.group(1), item);
            } else if (FIELD.matcher(line).matches()) {
                field = item.computeIfAbsent(line.charAt(1), none -> new StringBuilder());
            } else {
                field.append(line).append('\n');
            }
        }
        return items;
    }

    private static String field(Map<Character, StringBuilder> fields, char name) {
        return fields.getOrDefault(name, new StringBuilder()).toString().strip();
    }

    private static String unquoted(String cell) {
        return cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"")
                ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
                : cell;
    }

    private static List<String> lines(Path file) throws BadCollectionException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(1);
            boolean packed = in.read() == GZIP_FIRST;
            in.reset();
            try (InputStream text = packed ? new GZIPInputStream(in) : in) {
                return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList();
            }
        } catch (NoSuchFileException e) {
            throw new BadCollectionException(file + " does not exist");
        } catch (IOException e) {
            throw new BadCollectionException(file + " cannot be read: " + e.getMessage());
        }
    }
}
