package ai.orchestrator.server.routing;

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
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads one YAML document into nodes that know their lines, which Jackson's own tree forgets. */
final class YamlReader {
    private static final YAMLFactory FACTORY = new YAMLFactory();

    private final YAMLParser parser;
    private final Placeholders placeholders;
    private final Problems problems;

    private YamlReader(YAMLParser parser, Placeholders placeholders, Problems problems) {
        this.parser = parser;
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /** The document; empty if it is none, which is among the problems then. */
    static Optional<YamlNode> read(String yaml, Placeholders placeholders, Problems problems) {
        try (YAMLParser parser = FACTORY.createParser(yaml)) {
            return new YamlReader(parser, placeholders, problems).document();
        } catch (JsonProcessingException e) {
            problems.add(lineOf(e), "this is not YAML: " + reason(e));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
    }

    private Optional<YamlNode> document() throws IOException {
        if (parser.nextToken() == null) {
            problems.add(1, "the file is empty; it needs a list of 'routes'");
            return Optional.empty();
        }
        YamlNode root = node();
        if (parser.nextToken() != null) {
            problems.add(line(), "the file holds a second document; only one is read");
        }
        return Optional.of(root);
    }

    private YamlNode node() throws IOException {
        int line = line();
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(line);
            case START_ARRAY -> sequence(line);
            case VALUE_NULL -> new YamlNode.Scalar(line, "");
            default -> scalar(line);
        };
    }

    private YamlNode scalar(int line) throws IOException {
        if (parser.isCurrentAlias()) {
            problems.add(line, "aliases such as *" + parser.getText() + " are not supported; write the value out");
        }
        return new YamlNode.Scalar(
                line, placeholders.fill(parser.getText(), line).strip());
    }

    private YamlNode sequence(int line) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return new YamlNode.Sequence(line, items);
    }

    private YamlNode mapping(int line) throws IOException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = line();
            parser.nextToken();
            YamlNode.Entry first = entries.putIfAbsent(key, new YamlNode.Entry(keyLine, node()));
            if (first != null) {
                problems.add(keyLine, "'" + key + "' is given twice, first in line " + first.line());
            }
        }
        return new YamlNode.Mapping(line, entries);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private static int lineOf(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    }

    private static String reason(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null) {
            return marked.getProblem();
        }
        return e.getOriginalMessage().lines().findFirst().orElse("it cannot be parsed");
    }
}
