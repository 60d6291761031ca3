package ai.orchestrator.model.llamacpp;

import java.util.Map;

/**
 * Puts regular expressions of JSON Schemas into the few forms that llama.cpp makes grammars of: anchored at both ends, classes of single
 * characters, and nothing in a text that would end it. What has no such form stays as it is.
 */
final class PatternDialect {
    /** What must not stand in a JSON text as it is, inside a class. */
    private static final String UNSAFE = "\"\\\\\\x00-\\x1F";

    private static final String ANY = "[^" + UNSAFE + "]";

    private static final Map<Character, String> CLASSES = Map.of('d', "0-9", 'w', "A-Za-z0-9_", 's', " ");

    /** Characters that a backslash makes literal ones for llama.cpp, too. */
    private static final String ESCAPED = "^$.[]()|{}*+?";

    private final String pattern;
    private final StringBuilder made = new StringBuilder();
    private int at;

    private PatternDialect(String pattern) {
        this.pattern = pattern;
    }

    static String of(String pattern) {
        boolean begins = pattern.startsWith("^");
        boolean ends = pattern.endsWith("$") && !pattern.endsWith("\\$");
        if (pattern.length() < (begins ? 1 : 0) + (ends ? 1 : 0)) {
            return pattern;
        }
        String inner = pattern.substring(begins ? 1 : 0, pattern.length() - (ends ? 1 : 0));
        String translated = new PatternDialect(inner).translated();
        if (begins && ends) {
            return "^" + translated + "$";
        }
        String group = translated.isEmpty() ? "" : "(" + translated + ")";
        return "^" + (begins ? "" : ANY + "*") + group + (ends ? "" : ANY + "*") + "$";
    }

    private String translated() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            switch (c) {
                case '\\' -> escape();
                case '.' -> made.append(ANY);
                case '[' -> charClass();
                case '(' -> {
                    made.append(c);
                    at += pattern.startsWith("?:", at) ? 2 : 0;
                }
                default -> made.append(c);
            }
        }
        return made.toString();
    }

    private void escape() {
        if (at == pattern.length()) {
            made.append('\\');
            return;
        }
        char c = pattern.charAt(at++);
        String members = CLASSES.get(c);
        String others = CLASSES.get(Character.toLowerCase(c));
        if (members != null) {
            made.append('[').append(members).append(']');
        } else if (others != null) {
            made.append("[^").append(others).append(UNSAFE).append(']');
        } else if (Character.isLetterOrDigit(c) || c == '\\' || ESCAPED.indexOf(c) >= 0) {
            made.append('\\').append(c);
        } else {
            made.append(c);
        }
    }

    private void charClass() {
        made.append('[');
        boolean negated = at < pattern.length() && pattern.charAt(at) == '^';
        if (negated) {
            made.append('^').append(UNSAFE);
            at++;
        }
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            char c = pattern.charAt(at++);
            if (c == '\\' && at < pattern.length()) {
                classEscape(pattern.charAt(at++));
            } else {
                made.append(c);
            }
        }
        if (at < pattern.length()) {
            made.append(pattern.charAt(at++));
        }
    }

    private void classEscape(char c) {
        String members = CLASSES.get(c);
        if (members != null) {
            made.append(members);
        } else if (Character.isLetterOrDigit(c) || c == '\\' || c > 0x7F) {
            made.append('\\').append(c);
        } else {
            made.append(String.format("\\x%02X", (int) c));
        }
    }
}
