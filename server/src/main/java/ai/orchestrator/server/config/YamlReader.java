package ai.orchestrator.server.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads one YAML document into maps, lists and scalars, and notes the line of each. Names without a value are left out of the maps. A number
 * whose spelling matters, such as {@code 007}, stays a text: whoever reads a setting decides what it is.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 50;
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+([eE][+-]?\\d+)?");
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .build();

    private final YAMLParser parser;
    private final String label;
    private final Origins origins;
    private final Map<String, List<String>> valueless;

    private YamlReader(YAMLParser parser, String label, Origins origins, Map<String, List<String>> valueless) {
        this.parser = parser;
        this.label = label;
        this.origins = origins;
        this.valueless = valueless;
    }

    /** @param label what messages call the document */
    static ConfigTree read(String text, String label) {
        Origins origins = new Origins(label);
        Map<String, List<String>> valueless = new LinkedHashMap<>();
        try (YAMLParser parser = YAML.createParser(text)) {
            Map<String, Object> root = new YamlReader(parser, label, origins, valueless).document();
            return new ConfigTree(root, valueless, origins);
        } catch (JsonProcessingException e) {
            throw new ConfigException(label + ":" + fault(e), e);
        } catch (IOException e) {
            throw new ConfigException(label + ": cannot be read", e);
        }
    }

    private Map<String, Object> document() throws IOException {
        Optional<Map<String, Object>> root = Optional.empty();
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_OBJECT) {
            root = Optional.of(section("", 0));
        } else if (first != null && first != JsonToken.VALUE_NULL) {
            throw fault("expected names and values");
        }
        if (first != null && parser.nextToken() != null) {
            throw fault("expected only one YAML document");
        }
        return root.orElseGet(LinkedHashMap::new);
    }

    private Map<String, Object> section(String path, int depth) throws IOException {
        Map<String, Object> section = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = Objects.requireNonNull(parser.currentName());
            String at = path.isEmpty() ? name : path + "." + name;
            origins.line(at, line());
            parser.nextToken();
            value(at, depth).ifPresentOrElse(value -> section.put(name, value), () -> valueless
                    .computeIfAbsent(path, ignored -> new ArrayList<>())
                    .add(name));
        }
        return section;
    }

    private List<Object> list(String path, int depth) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String at = path + "[" + list.size() + "]";
            origins.line(at, line());
            list.add(value(at, depth).orElseThrow(() -> fault("expected a value after '-'")));
        }
        return list;
    }

    private Optional<Object> value(String path, int depth) throws IOException {
        if (parser.isCurrentAlias()) {
            throw fault("YAML aliases are not supported");
        }
        if (depth > MAX_DEPTH) {
            throw fault("nested more than " + MAX_DEPTH + " deep");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> Optional.of(section(path, depth + 1));
            case START_ARRAY -> Optional.of(list(path, depth + 1));
            case VALUE_TRUE -> Optional.of(true);
            case VALUE_FALSE -> Optional.of(false);
            case VALUE_NULL -> Optional.empty();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Optional.of(number(parser.getText()));
            default -> Optional.of(parser.getText());
        };
    }

    private static Object number(String text) {
        if (WHOLE.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private ConfigException fault(String message) {
        return new ConfigException(label + ":" + line() + ": " + message);
    }

    /** Where and what, in one sentence; what the YAML library says besides quotes the lines around it, which may hold secrets. */
    private static String fault(JsonProcessingException fault) {
        if (fault.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            Mark mark = yaml.getProblemMark();
            return (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ": broken YAML: " + yaml.getProblem();
        }
        JsonLocation at = fault.getLocation();
        return at.getLineNr() + ":" + at.getColumnNr() + ": broken YAML: " + fault.getOriginalMessage();
    }
}
