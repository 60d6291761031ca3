package ai.orchestrator.search.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long a server asks to wait; never longer than a minute. */
public final class RetryAfter {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /** What the reply's {@code Retry-After} says, in seconds or as a date. */
    public static Optional<Duration> of(Reply reply) {
        return of(reply.header("Retry-After"));
    }

    /** A value of {@code Retry-After}. */
    public static Optional<Duration> of(String value) {
        return duration(value.strip())
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
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
}
