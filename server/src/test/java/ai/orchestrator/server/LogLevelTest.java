package ai.orchestrator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelTest {
    @ParameterizedTest
    @CsvSource({
        "1, DEBUG",
        "true, DEBUG",
        "' \"1\" ', DEBUG",
        "2, TRACE",
        "0, ''",
        "false, ''",
        "'', ''",
        "junk, ''",
    })
    void readsOllamasDebug(String value, String level) {
        assertThat(LogLevel.of(value)).isEqualTo(level);
    }
}
