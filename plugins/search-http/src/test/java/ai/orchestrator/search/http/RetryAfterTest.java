package ai.orchestrator.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "17, 17", " 5 , 5", "60, 60", "61, 60", "999999999, 60"})
    void readsSecondsUpToAMinute(String value, int seconds) {
        assertThat(RetryAfter.of(value)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void readsDates() {
        assertThat(RetryAfter.of("Wed, 21 Oct 2015 07:28:00 GMT")).contains(Duration.ZERO);
        assertThat(RetryAfter.of("Fri, 21 Oct 2095 07:28:00 GMT")).contains(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999"})
    void knowsNoWaitWhereNoneIsSaid(String value) {
        assertThat(RetryAfter.of(value)).isEmpty();
    }
}
