package ai.orchestrator.server.template.language;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Go's {@code printf}. */
final class Formatting {
    private static final int MAX_WIDTH = 1_000;
    private static final int DEFAULT_PRECISION = 6;

    private final String format;
    private final List<Value> arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;

    private Formatting(String format, List<Value> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /** The format with the arguments in it; what does not fit shows as Go has it, such as {@code %!d(string=x)}. */
    static String format(String format, List<Value> arguments) {
        Formatting formatting = new Formatting(format, arguments);
        formatting.run();
        return formatting.out.toString();
    }

    private void run() {
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%') {
                out.append(c);
            } else if (at >= format.length()) {
                out.append("%!(NOVERB)");
            } else {
                directive();
            }
        }
        if (next < arguments.size()) {
            out.append("%!(EXTRA ");
            for (int i = next; i < arguments.size(); i++) {
                out.append(i > next ? ", " : "").append(typed(arguments.get(i)));
            }
            out.append(')');
        }
    }

    private void directive() {
        int start = at;
        while (at < format.length() && "+-# 0".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        String flags = format.substring(start, at);
        int width = digits(0);
        int precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            precision = digits(0);
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
        } else if (next >= arguments.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
        } else {
            pad(value(verb, flags, precision, arguments.get(next++)), flags, width);
        }
    }

    private int digits(int none) {
        int number = none;
        while (at < format.length() && Character.digit(format.charAt(at), 10) >= 0) {
            number = number * 10 + Character.digit(format.charAt(at++), 10);
            if (number > MAX_WIDTH) {
                throw new Fault("the format asks for more than " + MAX_WIDTH + " places");
            }
        }
        return number;
    }

    private static String value(int verb, String flags, int precision, Value value) {
        boolean signed = flags.contains("+");
        return switch (verb) {
            case 'v' -> Printing.text(value);
            case 's' -> isNumber(value) ? wrong(verb, value) : cut(Printing.text(value), precision);
            case 'q' -> value instanceof Value.Text(String text) ? quote(cut(text, precision)) : wrong(verb, value);
            case 't' -> value instanceof Value.Bool ? Printing.text(value) : wrong(verb, value);
            case 'd' -> value instanceof Value.Whole(long number) ? sign(number, signed) : wrong(verb, value);
            case 'x', 'X' -> hex(verb, value);
            case 'c' ->
                value instanceof Value.Whole(long number) && Character.isValidCodePoint((int) number)
                        ? Character.toString((int) number)
                        : wrong(verb, value);
            case 'e', 'f', 'g' ->
                value instanceof Value.Real(double number)
                        ? (signed && number >= 0 ? "+" : "") + real(verb, precision, number)
                        : wrong(verb, value);
            default -> wrong(verb, value);
        };
    }

    private static String real(int verb, int precision, double number) {
        int places = precision < 0 ? DEFAULT_PRECISION : precision;
        if (!Double.isFinite(number) || verb == 'g') {
            return Printing.text(new Value.Real(number));
        }
        return verb == 'f'
                ? new BigDecimal(number)
                        .setScale(places, RoundingMode.HALF_EVEN)
                        .toPlainString()
                : String.format(Locale.ROOT, "%." + places + "e", number);
    }

    private static String hex(int verb, Value value) {
        String hex =
                switch (value) {
                    case Value.Text(String text) -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
                    case Value.Whole(long number) -> (number < 0 ? "-" : "") + Long.toHexString(Math.abs(number));
                    default -> wrong(verb, value);
                };
        return verb == 'X' ? hex.toUpperCase(Locale.ROOT) : hex;
    }

    private static String sign(long number, boolean signed) {
        return (signed && number >= 0 ? "+" : "") + number;
    }

    private static String cut(String text, int precision) {
        return precision < 0 || text.codePointCount(0, text.length()) <= precision
                ? text
                : text.substring(0, text.offsetByCodePoints(0, precision));
    }

    /** A string as Go writes it in its sources. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            int simple = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(c);
            if (simple >= 0) {
                quoted.append('\\').append("abfnrtv\\\"".charAt(simple));
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format(Locale.ROOT, c < 0x80 ? "\\x%02x" : "\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isNumber(Value value) {
        return value instanceof Value.Whole || value instanceof Value.Real || value instanceof Value.Bool;
    }

    private static String wrong(int verb, Value value) {
        return "%!" + Character.toString(verb) + "(" + typed(value) + ")";
    }

    private static String typed(Value value) {
        return value instanceof Value.Nil ? "<nil>" : Printing.type(value) + "=" + Printing.text(value);
    }

    private void pad(String text, String flags, int width) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            out.append(text);
        } else if (flags.contains("-")) {
            out.append(text).repeat(" ", missing);
        } else if (flags.contains("0")) {
            int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
            out.append(text, 0, sign).repeat("0", missing).append(text, sign, text.length());
        } else {
            out.repeat(" ", missing).append(text);
        }
    }
}
