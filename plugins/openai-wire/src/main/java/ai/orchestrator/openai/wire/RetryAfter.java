package ai.orchestrator.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** How long a far side asks to wait, by the first of the places where it may say so; never longer than a minute. */
final class RetryAfter {
    static final Duration LONGEST = Duration.ofSeconds(60);

    private final Clock clock;

    RetryAfter(Clock clock) {
        this.clock = clock;
    }

    Optional<Duration> read(Headers headers, JsonNode error) {
        return header(headers.get("Retry-After"))
                .or(() -> seconds(error.path("availability").path("retry_after").asText()))
                .or(() -> reset(headers.get("X-RateLimit-Reset")))
                .or(() -> reset(error.path("metadata")
                        .path("headers")
                        .path("X-RateLimit-Reset")
                        .asText()));
    }

    private Optional<Duration> header(@Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        return seconds(value).or(() -> date(value));
    }

    private static Optional<Duration> seconds(String value) {
        return number(value).map(seconds -> seconds > LONGEST.toSeconds() ? LONGEST : Duration.ofSeconds(seconds));
    }

    private Optional<Duration> date(String value) {
        try {
            return Optional.of(until(ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A moment in milliseconds since 1970. */
    private Optional<Duration> reset(@Nullable String value) {
        return value == null ? Optional.empty() : number(value).map(millis -> until(Instant.ofEpochMilli(millis)));
    }

    private Duration until(Instant moment) {
        Instant now = clock.instant();
        if (moment.isAfter(now.plus(LONGEST))) {
            return LONGEST;
        }
        return moment.isBefore(now) ? Duration.ZERO : Duration.between(now, moment);
    }

    private static Optional<Long> number(String value) {
        return value.strip().matches("\\d{1,15}") ? Optional.of(Long.parseLong(value.strip())) : Optional.empty();
    }
}
