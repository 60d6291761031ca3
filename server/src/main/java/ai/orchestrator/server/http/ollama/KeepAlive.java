package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a model stays loaded: a number of seconds, or a length of time as Go writes it, such as {@code 1h2m3.5s}. */
final class KeepAlive {
    private static final Duration FOREVER = Duration.ofSeconds(-1);
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Pattern WHOLE = Pattern.compile("[-+]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final int MAX_LENGTH = 64;

    private KeepAlive() {}

    /** The request's {@code keep_alive}; negative for ever. */
    static Optional<Duration> of(JsonObject request) {
        return request.find("keep_alive").map(node -> {
            if (node.isNumber()) {
                return seconds(node);
            }
            if (node.isTextual()) {
                return parse(node.textValue());
            }
            throw HttpProblem.badRequest("'keep_alive' must be a number of seconds or a duration such as \"5m\"");
        });
    }

    private static Duration seconds(JsonNode node) {
        double seconds = node.doubleValue();
        if (seconds < 0) {
            return FOREVER;
        }
        return seconds >= LONGEST.toSeconds() ? LONGEST : Duration.ofNanos((long) (seconds * 1e9));
    }

    /** Reads Go's form. */
    static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
            boolean bare = !text.isEmpty() && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
            throw HttpProblem.badRequest(
                    "time: " + (bare ? "missing unit in" : "invalid") + " duration \"" + text + "\"");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(nanosOf(parts.group(2)))));
        }
        if (text.startsWith("-") && nanos.signum() > 0) {
            return FOREVER;
        }
        return nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) >= 0
                ? LONGEST
                : Duration.ofNanos(nanos.longValue());
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
