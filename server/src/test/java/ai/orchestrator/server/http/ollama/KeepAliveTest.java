package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.server.http.HttpProblem;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepAliveTest extends OllamaFixture {
    @ParameterizedTest
    @CsvSource({
        "10m,PT10M",
        "1h2m3s,PT1H2M3S",
        "1.5h,PT1H30M",
        "250ms,PT0.25S",
        "5us,PT0.000005S",
        "7µs,PT0.000007S",
        ".5s,PT0.5S",
        "0,PT0S",
        "0s,PT0S",
        "-0s,PT0S",
        "9999999999h,PT876000H"
    })
    void readsGosDurations(String text, Duration expected) {
        assertThat(KeepAlive.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1m", "-1ns", "-3.5h"})
    void takesWhatIsNegativeForEver(String text) {
        assertThat(KeepAlive.parse(text)).isNegative();
    }

    @ParameterizedTest
    @CsvSource({
        "300,'time: missing unit in duration \"300\"'",
        "'','time: invalid duration \"\"'",
        "5 m,'time: invalid duration \"5 m\"'",
        "soon,'time: invalid duration \"soon\"'",
        "1d,'time: invalid duration \"1d\"'"
    })
    void refusesWhatIsNone(String text, String message) {
        assertThatThrownBy(() -> KeepAlive.parse(text))
                .isInstanceOf(HttpProblem.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"42,PT42S", "42.5,PT42.5S", "1e300,PT876000H"})
    void takesNumbersForSeconds(String number, String expected) {
        client.post("/api/generate", "{\"model\":\"test\",\"keep_alive\":" + number + "}");

        assertThat(catalog.calls).containsExactly("load test:latest " + expected);
    }

    @Test
    void takesANegativeNumberForEver() {
        client.post("/api/generate", "{\"model\":\"test\",\"keep_alive\":-3.14}");

        assertThat(catalog.calls.getFirst()).contains("PT-");
    }
}
