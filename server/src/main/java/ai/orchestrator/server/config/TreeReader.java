package ai.orchestrator.server.config;

import ai.orchestrator.server.yaml.YamlDocument;
import ai.orchestrator.server.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Turns a YAML document into maps, lists and scalars, and notes the line of each. Names without a value are left out of the maps. A number whose
 * spelling matters, such as {@code 007}, stays a text: whoever reads a setting decides what it is.
 */
final class TreeReader {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+([eE][+-]?\\d+)?");

    private final String label;
    private final Origins origins;
    private final Map<String, List<String>> valueless = new LinkedHashMap<>();

    private TreeReader(String label) {
        this.label = label;
        this.origins = new Origins(label);
    }

    /** @param label what messages call the document */
    static ConfigTree read(String text, String label, Map<String, String> environment) {
        YamlDocument document = YamlDocument.read(text, environment);
        TreeReader reader = new TreeReader(label);
        document.problems().stream().findFirst().ifPresent(problem -> {
            throw reader.fault(problem.line(), problem.sentence());
        });
        document.variables().forEach(name -> reader.origins.noteSecrets(name, environment.getOrDefault(name, "")));
        Map<String, Object> root = document.root().map(reader::root).orElseGet(LinkedHashMap::new);
        return new ConfigTree(root, reader.valueless, reader.origins);
    }

    private Map<String, Object> root(YamlNode root) {
        return switch (root) {
            case YamlNode.Mapping mapping -> section("", mapping);
            case YamlNode.Scalar scalar when scalar.type() == YamlNode.Type.NONE -> new LinkedHashMap<>();
            case YamlNode.Scalar _, YamlNode.Sequence _ -> throw fault(root.line(), "expected names and values");
        };
    }

    private Map<String, Object> section(String path, YamlNode.Mapping mapping) {
        Map<String, Object> section = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> {
            String at = path.isEmpty() ? name : path + "." + name;
            origins.line(at, entry.line());
            if (isNone(entry.value())) {
                valueless.computeIfAbsent(path, ignored -> new ArrayList<>()).add(name);
                return;
            }
            Object value = value(at, entry.value());
            if (value instanceof String text) {
                origins.noteSecrets(name, text);
            }
            section.put(name, value);
        });
        return section;
    }

    private List<Object> list(String path, YamlNode.Sequence sequence) {
        List<Object> list = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            if (isNone(item)) {
                throw fault(item.line(), "expected a value after '-'");
            }
            String at = path + "[" + list.size() + "]";
            origins.line(at, item.line());
            list.add(value(at, item));
        }
        return list;
    }

    private Object value(String path, YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> section(path, mapping);
            case YamlNode.Sequence sequence -> list(path, sequence);
            case YamlNode.Scalar scalar ->
                switch (scalar.type()) {
                    case FLAG -> Boolean.valueOf(scalar.text());
                    case NUMBER -> number(scalar.text());
                    case TEXT, NONE -> scalar.text();
                };
        };
    }

    private static boolean isNone(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.type() == YamlNode.Type.NONE;
    }

    private static Object number(String text) {
        if (WHOLE.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
    }

    private ConfigException fault(int line, String message) {
        return new ConfigException(label + ":" + line + ": " + message);
    }
}
