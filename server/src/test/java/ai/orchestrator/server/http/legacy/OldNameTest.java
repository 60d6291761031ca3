package ai.orchestrator.server.http.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OldNameTest {
    @Test
    void isTheContractsExample() {
        assertThat(OldName.of("Hello", OldName.MODEL, OldName.TEMPERATURE, OldName.MAX_TOKENS))
                .isEqualTo("HelloTinyLlama/TinyLlama-1.1B-Chat-v1.00.72048");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "0.7, 0.7",
        "2.0, 2",
        "0.1, 0.1",
        "1.25, 1.25",
        "0.30000001192092896, 0.3",
        "1e-7, 0.0000001"
    })
    void writesTemperaturesAsTheOldServiceDid(double temperature, String written) {
        assertThat(OldName.of("", "", temperature, 1)).isEqualTo(written + "1");
    }
}
