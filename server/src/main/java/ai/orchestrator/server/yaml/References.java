package ai.orchestrator.server.yaml;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:-default}} by environment variables. As in a shell, the default also stands in for an empty
 * variable. A {@code $} without a brace is an ordinary character.
 */
final class References {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-((?:(?!\\$\\{)[^}])*))?\\})?");

    private final Map<String, String> environment;
    private final Set<String> used = new HashSet<>();

    References(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The text with its references replaced; what is wrong with one goes to the problems. */
    String replace(String text, Consumer<String> problems) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), match.group(2), problems)));
    }

    /** The variables that stood for a reference. */
    Set<String> used() {
        return used;
    }

    private String value(@Nullable String name, @Nullable String fallback, Consumer<String> problems) {
        if (name == null) {
            problems.accept("'${' starts a reference such as ${NAME} or ${NAME:-default}");
            return "";
        }
        Optional<String> value = Optional.ofNullable(environment.get(name));
        value.ifPresent(found -> used.add(name));
        if (fallback != null) {
            return value.filter(found -> !found.isEmpty()).orElse(fallback);
        }
        if (value.isEmpty()) {
            problems.accept("the environment variable " + name + " is not set and ${" + name + "} has no default");
        }
        return value.orElse("");
    }
}
