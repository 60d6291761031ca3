package ai.orchestrator.server.template.language;

import java.math.BigDecimal;
import java.util.Locale;

/** Reads what is written out in a template, by Go's rules. */
final class Literals {
    private Literals() {}

    /** The value of a string's, a character's or a number's token. */
    static Value read(Token token) {
        String text = token.text();
        return switch (token.kind()) {
            case STRING -> Value.of(unescape(text));
            case RAW_STRING -> Value.of(text.substring(1, text.length() - 1).replace("\r", ""));
            case CHARACTER -> character(unescape(text));
            default -> number(text);
        };
    }

    private static Value character(String text) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
            throw new Fault("a character constant holds one character");
        }
        return Value.of(text.codePointAt(0));
    }

    private static Value number(String text) {
        String plain = text.replace("_", "");
        String digits = plain.replaceFirst("^[+-]", "").toLowerCase(Locale.ROOT);
        boolean negative = plain.startsWith("-");
        try {
            if (digits.matches("0[xob]?[0-9a-f]+") && !digits.contains(".") && !digits.matches("0[0-9]*e.*")) {
                return Value.of(
                        Long.parseLong((negative ? "-" : "") + digits.substring(prefix(digits)), radix(digits)));
            }
            if (digits.matches("[0-9]+")) {
                return Value.of(Long.parseLong(plain));
            }
            if (digits.matches("([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]{1,4})?")) {
                return new Value.Real(new BigDecimal(plain).doubleValue());
            }
        } catch (NumberFormatException e) {
            throw new Fault("the number " + text + " is out of range or malformed");
        }
        throw new Fault(text + " is no number");
    }

    private static int radix(String digits) {
        return switch (digits.charAt(1)) {
            case 'x' -> 16;
            case 'b' -> 2;
            default -> 8;
        };
    }

    private static int prefix(String digits) {
        return Character.isLetter(digits.charAt(1)) ? 2 : 1;
    }

    private static String unescape(String quoted) {
        StringBuilder plain = new StringBuilder(quoted.length());
        int end = quoted.length() - 1;
        int at = 1;
        while (at < end) {
            char c = quoted.charAt(at++);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char kind = quoted.charAt(at++);
            int simple = "abfnrtv\\\"'".indexOf(kind);
            if (simple >= 0) {
                plain.append("\u0007\b\f\n\r\t\u000b\\\"'".charAt(simple));
                continue;
            }
            int digits = digits(kind);
            int start = kind >= '0' && kind <= '7' ? at - 1 : at;
            if (digits == 0 || start + digits > end) {
                throw new Fault("the string has an escape that means nothing: \\" + kind);
            }
            plain.appendCodePoint(codePoint(quoted.substring(start, start + digits), digits == 3 ? 8 : 16));
            at = start + digits;
        }
        return plain.toString();
    }

    private static int digits(char kind) {
        return switch (kind) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            case '0', '1', '2', '3', '4', '5', '6', '7' -> 3;
            default -> 0;
        };
    }

    private static int codePoint(String digits, int radix) {
        try {
            int code = Integer.parseInt(digits, radix);
            if (Character.isValidCodePoint(code)
                    && (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE)) {
                return code;
            }
        } catch (NumberFormatException ignored) {
            // told below
        }
        throw new Fault("the string has an escape that is no character: " + digits);
    }
}
