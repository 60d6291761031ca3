package ai.orchestrator.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final RetryAfter READER = new RetryAfter(Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                             | 0
            7                             | 7
            3600                          | 60
            999999999999999               | 60
            Sun, 22 Nov 2026 10:00:30 GMT | 30
            Sun, 22 Nov 2026 12:00:00 GMT | 60
            Sun, 22 Nov 2026 09:00:00 GMT | 0
            """)
    void readsSecondsAndDates(String value, long seconds) {
        assertThat(READER.read(Headers.of("Retry-After", value), Json.read("{}")))
                .contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1.5", ""})
    void passesOtherValuesOver(String value) {
        assertThat(READER.read(Headers.of("Retry-After", value), Json.read("{}")))
                .isEmpty();
    }

    @Test
    void readsWhatTheBodySays() {
        assertThat(READER.read(Headers.of(), Json.read("{\"availability\":{\"retry_after\":9}}")))
                .contains(Duration.ofSeconds(9));
        String reset = String.valueOf(NOW.plusSeconds(20).toEpochMilli());
        assertThat(READER.read(Headers.of("X-RateLimit-Reset", reset), Json.read("{}")))
                .contains(Duration.ofSeconds(20));
        assertThat(READER.read(
                        Headers.of(),
                        Json.read("{\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":\"" + reset + "\"}}}")))
                .contains(Duration.ofSeconds(20));
    }
}
