package ai.orchestrator.server.routing;

import java.util.Locale;

/** A text in which {@code *} stands for any characters, compared without regard to case. */
record Glob(String pattern) {
    Glob {
        pattern = pattern.toLowerCase(Locale.ROOT);
    }

    boolean matches(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < lower.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < pattern.length() && pattern.charAt(at) == lower.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(c -> c == '*');
    }
}
