package ai.orchestrator.server.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads one YAML document into nodes that know their lines, which Jackson's own tree forgets. */
final class YamlReader {
    private static final int MAX_DEPTH = 50;
    private static final YAMLFactory YAML = new YAMLFactory();

    private final YAMLParser parser;
    private final References references;
    private final List<YamlProblem> problems;

    private YamlReader(YAMLParser parser, References references, List<YamlProblem> problems) {
        this.parser = parser;
        this.references = references;
        this.problems = problems;
    }

    static YamlDocument read(String text, Map<String, String> environment) {
        References references = new References(environment);
        List<YamlProblem> problems = new ArrayList<>();
        Optional<YamlNode> root = Optional.empty();
        try (YAMLParser parser = YAML.createParser(text)) {
            root = new YamlReader(parser, references, problems).document();
        } catch (JsonProcessingException e) {
            problems.add(broken(e));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
        return new YamlDocument(root, problems, references.used());
    }

    private Optional<YamlNode> document() throws IOException {
        if (parser.nextToken() == null) {
            return Optional.empty();
        }
        YamlNode root = node(0);
        if (parser.nextToken() != null) {
            problem(line(), "expected only one YAML document");
        }
        return Optional.of(root);
    }

    private YamlNode node(int depth) throws IOException {
        int line = line();
        if (depth > MAX_DEPTH) {
            problem(line, "nested more than " + MAX_DEPTH + " deep");
            parser.skipChildren();
            return new YamlNode.Scalar(line, YamlNode.Type.NONE, "");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(line, depth);
            case START_ARRAY -> sequence(line, depth);
            case VALUE_NULL -> new YamlNode.Scalar(line, YamlNode.Type.NONE, "");
            case VALUE_TRUE, VALUE_FALSE -> scalar(line, YamlNode.Type.FLAG);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(line, YamlNode.Type.NUMBER);
            default -> scalar(line, YamlNode.Type.TEXT);
        };
    }

    private YamlNode scalar(int line, YamlNode.Type type) throws IOException {
        if (parser.isCurrentAlias()) {
            problem(line, "aliases such as *" + parser.getText() + " are not supported; write the value out");
        }
        String text = references.replace(parser.getText(), sentence -> problem(line, sentence));
        return new YamlNode.Scalar(line, type, text);
    }

    private YamlNode sequence(int line, int depth) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(depth + 1));
        }
        return new YamlNode.Sequence(line, items);
    }

    private YamlNode mapping(int line, int depth) throws IOException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = Objects.requireNonNull(parser.currentName());
            int keyLine = line();
            parser.nextToken();
            YamlNode.Entry first = entries.putIfAbsent(key, new YamlNode.Entry(keyLine, node(depth + 1)));
            if (first != null) {
                problem(keyLine, "'" + key + "' is given twice, first in line " + first.line());
            }
        }
        return new YamlNode.Mapping(line, entries);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private void problem(int line, String sentence) {
        problems.add(new YamlProblem(line, sentence));
    }

    /** Where and what, in one sentence; what the YAML library says besides quotes the lines around it, which may hold secrets. */
    private static YamlProblem broken(JsonProcessingException fault) {
        if (fault.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            Mark mark = yaml.getProblemMark();
            return broken(mark.getLine() + 1, mark.getColumn() + 1, String.valueOf(yaml.getProblem()));
        }
        String reason = fault.getOriginalMessage().lines().findFirst().orElse("it cannot be parsed");
        return fault.getLocation() == null
                ? broken(1, 1, reason)
                : broken(
                        Math.max(1, fault.getLocation().getLineNr()),
                        fault.getLocation().getColumnNr(),
                        reason);
    }

    private static YamlProblem broken(int line, int column, String reason) {
        return new YamlProblem(line, "broken YAML in column " + column + ": " + reason);
    }
}
