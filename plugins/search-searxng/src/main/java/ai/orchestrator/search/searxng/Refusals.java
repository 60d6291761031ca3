package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a status other than 200 means and what the operator can do about it. */
final class Refusals {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private Refusals() {}

    static PluginFailure of(Reply reply) {
        int status = reply.status();
        return switch (status) {
            case 400, 413, 414 -> permanent(FailureCode.INVALID_REQUEST, "SearXNG refused the query (" + status + ").");
            case 401, 407 ->
                permanent(
                        FailureCode.CREDENTIALS,
                        "SearXNG, or a proxy before it, asks for credentials (" + status + ").");
            case 403 ->
                permanent(
                        FailureCode.UNSUPPORTED,
                        "SearXNG refused (403): set 'formats: [html, json]' under 'search' in its settings.yml, or let this"
                                + " server's address pass its limiter (botdetection.ip_lists.pass_ip).");
            case 404, 405, 410 ->
                permanent(FailureCode.NOT_FOUND, "There is no SearXNG search at the configured url (" + status + ").");
            case 429 -> limited(reply);
            default -> {
                if (status >= 300 && status < 400) {
                    yield permanent(
                            FailureCode.BAD_REPLY,
                            "SearXNG answers with a redirect (" + status
                                    + "), which is not followed: set url to its final address.");
                }
                yield status >= 500
                        ? new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "SearXNG failed (" + status + ").")
                        : permanent(FailureCode.BAD_REPLY, "SearXNG answered with status " + status + ".");
            }
        };
    }

    private static PluginFailure limited(Reply reply) {
        String message = "SearXNG limits the rate of searches (429): let this server's address pass its limiter"
                + " (botdetection.ip_lists.pass_ip), or turn the limiter of a private instance off.";
        return wait(reply.header("Retry-After"))
                .map(wait -> new PluginFailure.Retriable(FailureCode.RATE_LIMITED, message, wait))
                .orElseGet(() -> new PluginFailure.Retriable(FailureCode.RATE_LIMITED, message));
    }

    private static Optional<Duration> wait(String retryAfter) {
        return duration(retryAfter.strip())
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private static Optional<Duration> duration(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant moment = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(Instant.now(), moment));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static PluginFailure permanent(FailureCode code, String message) {
        return new PluginFailure.Permanent(code, message);
    }
}
