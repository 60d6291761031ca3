package ai.orchestrator.server.routing;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code ${NAME}} and {@code ${NAME:-default}} from the environment; any other {@code $} is plain text. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}");

    private final Map<String, String> environment;
    private final Problems problems;

    Placeholders(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** The text with its placeholders filled; as in a shell, a default also stands in for an empty value. */
    String fill(String text, int line) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match, line)));
    }

    private String value(MatchResult match, int line) {
        String value = environment.getOrDefault(match.group(1), "");
        if (match.group(2) != null) {
            return value.isEmpty() ? match.group(3) : value;
        }
        if (!environment.containsKey(match.group(1))) {
            problems.add(line, "the environment has no '" + match.group(1) + "', and no default is given");
        }
        return value;
    }
}
