package ai.orchestrator.server.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as Go writes them, such as {@code 1h2m3.5s}, which are those of Ollama's variables. */
final class GoDuration {
    private static final Pattern SECONDS = Pattern.compile("[-+]?\\d{1,18}");
    private static final Pattern WHOLE =
            Pattern.compile("[-+]?(?:(?:\\d{1,18}\\.?\\d{0,9}|\\.\\d{1,9})(?:ns|us|µs|μs|ms|s|m|h)){1,16}");
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");

    private GoDuration() {}

    /**
     * Reads such a length, or a bare number of seconds.
     *
     * @throws IllegalArgumentException if the text is neither
     * @throws ArithmeticException if the length does not fit
     */
    static Duration parseOrSeconds(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("not a duration");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(nanosOf(parts.group(2)))));
        }
        Duration length = Duration.ofNanos(nanos.toBigInteger().longValueExact());
        return text.startsWith("-") ? length.negated() : length;
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000L;
        };
    }
}
