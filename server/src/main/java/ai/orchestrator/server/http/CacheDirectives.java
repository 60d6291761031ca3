package ai.orchestrator.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The directives of {@code Cache-Control} by lower-case name, read as RFC 9111 section 5.2 writes them: a comma or an equals sign within quotes is
 * none. White space around an equals sign, which the grammar does not have, is passed over.
 */
final class CacheDirectives {
    private final Map<String, String> directives = new HashMap<>();
    private String text = "";
    private int at;

    /** @param fields the values of all fields of that name */
    CacheDirectives(List<String> fields) {
        for (String field : fields) {
            text = field;
            for (at = 0; at < text.length(); at++) {
                directive();
            }
        }
    }

    /** Whether a directive is there, with an argument or without. */
    boolean has(String name) {
        return directives.containsKey(name);
    }

    /** A directive's argument without its quotes; empty if it has none, or is not there. Of a directive that is given twice, the first counts. */
    Optional<String> argument(String name) {
        return Optional.ofNullable(directives.get(name)).filter(argument -> !argument.isEmpty());
    }

    private void directive() {
        StringBuilder name = new StringBuilder();
        StringBuilder argument = new StringBuilder();
        StringBuilder part = name;
        for (; at < text.length() && text.charAt(at) != ','; at++) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted(part);
            } else if (c == '=' && part == name) {
                part = argument;
            } else {
                part.append(c);
            }
        }
        directives.putIfAbsent(
                name.toString().strip().toLowerCase(Locale.ROOT),
                argument.toString().strip());
    }

    /** Reads what is between quotes; those that do not end go to the end. */
    private void quoted(StringBuilder part) {
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            part.append(text.charAt(at));
        }
    }
}
