package ai.orchestrator.plugin;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time and sizes as operators write them. */
public final class Units {
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");

    private Units() {}

    /**
     * Reads {@code 250ms}, {@code 60s}, {@code 5m}, {@code 1h}, {@code 30d}; {@code 0} needs no unit.
     *
     * @throws IllegalArgumentException if the text is none of these
     * @throws ArithmeticException if the length does not fit
     */
    public static Duration duration(String text) {
        Matcher matcher = match(text);
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            case "" -> {
                if (amount != 0) {
                    throw new IllegalArgumentException("no unit: " + text);
                }
                yield Duration.ZERO;
            }
            default -> throw new IllegalArgumentException("unknown unit: " + text);
        };
    }

    /**
     * Reads a number of bytes, bare or with {@code KB}, {@code MB}, {@code GB} or {@code TB}, each 1024 of the one before.
     *
     * @throws IllegalArgumentException if the text is none of these
     * @throws ArithmeticException if the size does not fit into a long
     */
    public static long bytes(String text) {
        Matcher matcher = match(text);
        long amount = Long.parseLong(matcher.group(1));
        int power =
                switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
                    case "", "B" -> 0;
                    case "K", "KB", "KIB" -> 1;
                    case "M", "MB", "MIB" -> 2;
                    case "G", "GB", "GIB" -> 3;
                    case "T", "TB", "TIB" -> 4;
                    default -> throw new IllegalArgumentException("unknown unit: " + text);
                };
        return Math.multiplyExact(amount, 1L << (10 * power));
    }

    private static Matcher match(String text) {
        Matcher matcher = QUANTITY.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a quantity: " + text);
        }
        return matcher;
    }
}
