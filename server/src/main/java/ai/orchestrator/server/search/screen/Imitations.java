package ai.orchestrator.server.search.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Turns and signs of a chat, in a text that is none. */
final class Imitations {
    /** At the beginning of a line or, since sources come as one line, of a sentence. */
    private static final Pattern ROLE = Pattern.compile(
            "(?i)(?:^|[\\n.!?>\\])}\"])[ \\t]{0,4}(?:#{1,4} ?)?(assistant|system|user|human|developer) ?:");

    private static final Pattern TOKEN = Pattern.compile(
            "<\\|[a-z_]{2,30}\\|>|<\uFF5C[^\\s>]{2,30}\uFF5C>|\\[/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS)]|<</?SYS>>|<(?:start|end)_of_turn>");

    private Imitations() {}

    static List<Sign> in(String text) {
        long roles = ROLE.matcher(text)
                .results()
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .distinct()
                .limit(2)
                .count();
        long tokens = TOKEN.matcher(text).results().limit(2).count();
        List<Sign> signs = new ArrayList<>();
        if (roles > 0) {
            signs.add(new Sign((int) roles, "speaks in the roles of a chat"));
        }
        if (tokens > 0) {
            signs.add(new Sign((int) tokens, "has the marks of a chat's turns"));
        }
        return signs;
    }
}
