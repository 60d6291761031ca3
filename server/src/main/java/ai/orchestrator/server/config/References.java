package ai.orchestrator.server.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:-default}} by environment variables, in values that are already parsed, so that none of them can add
 * to the YAML. As in a shell, the default also stands in for an empty variable. A {@code $} without a brace is an ordinary character.
 */
final class References {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-((?:(?!\\$\\{)[^}])*))?\\})?");

    private final Map<String, String> environment;
    private final Origins origins;

    private References(Map<String, String> environment, Origins origins) {
        this.environment = environment;
        this.origins = origins;
    }

    /** Replaces all references in the tree. */
    static void replaceAll(ConfigTree tree, Map<String, String> environment) {
        new References(environment, tree.origins()).section("", tree.root());
    }

    private void section(String path, Map<String, Object> section) {
        section.replaceAll((name, value) -> {
            String at = path.isEmpty() ? name : path + "." + name;
            Object replaced = value(at, value);
            if (replaced instanceof String text) {
                origins.noteSecrets(name, text);
            }
            return replaced;
        });
    }

    private Object value(String path, Object value) {
        return switch (value) {
            case String text -> text.contains("${") ? replace(path, text) : text;
            case Map<?, ?> map -> {
                @SuppressWarnings("unchecked") // every map in the tree is made by YamlReader
                Map<String, Object> section = (Map<String, Object>) map;
                section(path, section);
                yield section;
            }
            case List<?> list -> {
                @SuppressWarnings("unchecked") // every list in the tree is made by YamlReader
                List<Object> items = (List<Object>) list;
                for (int i = 0; i < items.size(); i++) {
                    items.set(i, value(path + "[" + i + "]", items.get(i)));
                }
                yield items;
            }
            default -> value;
        };
    }

    private String replace(String path, String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(resolve(path, match.group(1), match.group(2))));
    }

    private String resolve(String path, @Nullable String name, @Nullable String fallback) {
        if (name == null) {
            throw origins.fault(path, path + ": '${' starts a reference such as ${NAME} or ${NAME:-default}");
        }
        Optional<String> value = Optional.ofNullable(environment.get(name));
        value.ifPresent(found -> origins.noteSecrets(name, found));
        if (fallback != null) {
            return value.filter(found -> !found.isEmpty()).orElse(fallback);
        }
        return value.orElseThrow(() -> origins.fault(
                path, path + ": the environment variable " + name + " is not set and ${" + name + "} has no default"));
    }
}
