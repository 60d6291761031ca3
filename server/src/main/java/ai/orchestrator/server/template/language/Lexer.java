package ai.orchestrator.server.template.language;

import ai.orchestrator.server.template.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Takes a template apart: text, trimmed where the marks say so, and the tokens of the actions. */
final class Lexer {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final String TRIMMED_CLOSE = "-}}";

    private final Source source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean trim;
    private boolean spaced;

    private Lexer(Source source) {
        this.source = source;
        this.text = source.text();
    }

    /**
     * All tokens, an {@link Kind#END} the last.
     *
     * @throws TemplateException if an action, a comment or a string has no end, or there is a character that means nothing
     */
    static List<Token> tokens(Source source) {
        Lexer lexer = new Lexer(source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (true) {
            int open = text.indexOf(OPEN, at);
            int inside = open + OPEN.length();
            boolean trims = open >= 0
                    && inside + 1 < text.length()
                    && text.charAt(inside) == '-'
                    && isSpace(text.charAt(inside + 1));
            text(open < 0 ? text.length() : open, trims);
            if (open < 0) {
                add(Kind.END, "", text.length());
                return;
            }
            at = trims ? inside + 2 : inside;
            if (text.startsWith("/*", at)) {
                comment(open);
            } else {
                add(Kind.OPEN, OPEN, open);
                action(open);
            }
        }
    }

    private void text(int end, boolean trimEnd) {
        int from = at;
        int to = end;
        while (trim && from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (trimEnd && to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        if (from < to) {
            add(Kind.TEXT, text.substring(from, to), from);
        }
    }

    private void comment(int open) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw source.error(open, "the comment has no end");
        }
        at = end + 2;
        if (!close()) {
            throw source.error(open, "the comment ends before its action does");
        }
    }

    /** Goes past the end of an action, if that is here. */
    private boolean close() {
        if (text.startsWith(CLOSE, at)) {
            at += CLOSE.length();
            trim = false;
            return true;
        }
        if (at < text.length() && isSpace(text.charAt(at)) && text.startsWith(TRIMMED_CLOSE, at + 1)) {
            at += 1 + TRIMMED_CLOSE.length();
            trim = true;
            return true;
        }
        return false;
    }

    private void action(int open) {
        spaced = false;
        while (true) {
            int start = at;
            if (close()) {
                add(Kind.CLOSE, CLOSE, start);
                return;
            }
            if (at >= text.length()) {
                throw source.error(open, "the action has no end");
            }
            if (isSpace(text.charAt(at))) {
                spaced = true;
                at++;
            } else {
                token(start);
                spaced = false;
            }
        }
    }

    private void token(int start) {
        char c = text.charAt(start);
        char next = start + 1 < text.length() ? text.charAt(start + 1) : ' ';
        switch (c) {
            case '"' -> quoted(Kind.STRING, c);
            case '\'' -> quoted(Kind.CHARACTER, c);
            case '`' -> rawString();
            case '|' -> mark(Kind.PIPE, 1);
            case ',' -> mark(Kind.COMMA, 1);
            case '(' -> mark(Kind.LEFT, 1);
            case ')' -> mark(Kind.RIGHT, 1);
            case '=' -> mark(Kind.ASSIGN, 1);
            case ':' -> {
                if (next != '=') {
                    throw source.error(start, "expected :=");
                }
                mark(Kind.DECLARE, 2);
            }
            case '$' -> mark(Kind.VARIABLE, 1 + word(start + 1));
            case '.' -> {
                if (isDigit(next)) {
                    number();
                } else {
                    int length = word(start + 1);
                    at = start + 1 + length;
                    add(length == 0 ? Kind.DOT : Kind.FIELD, text.substring(start + 1, at), start);
                }
            }
            default -> {
                if (isDigit(c) || ((c == '-' || c == '+') && (isDigit(next) || next == '.'))) {
                    number();
                } else if (word(start) > 0) {
                    mark(Kind.NAME, word(start));
                } else {
                    throw source.error(start, "unexpected character " + Character.toString(text.codePointAt(start)));
                }
            }
        }
    }

    private void mark(Kind kind, int length) {
        int start = at;
        at += length;
        add(kind, text.substring(start, at), start);
    }

    private void quoted(Kind kind, char quote) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length() || text.charAt(end) != quote) {
            throw source.error(at, "the string has no end");
        }
        mark(kind, end + 1 - at);
    }

    private void rawString() {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw source.error(at, "the string has no end");
        }
        mark(Kind.RAW_STRING, end + 1 - at);
    }

    private void number() {
        int end = at + 1;
        while (end < text.length() && belongsToNumber(end)) {
            end++;
        }
        mark(Kind.NUMBER, end - at);
    }

    private boolean belongsToNumber(int index) {
        char c = text.charAt(index);
        boolean sign = (c == '+' || c == '-') && "eEpP".indexOf(text.charAt(index - 1)) >= 0;
        return sign || c == '.' || isWord(c);
    }

    /** How many characters of a name stand at an offset. */
    private int word(int start) {
        int end = start;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return end - start;
    }

    private void add(Kind kind, String token, int offset) {
        tokens.add(new Token(kind, token, offset, spaced));
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
