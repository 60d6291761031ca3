package ai.orchestrator.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaHostTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "1.2.3.4, 1.2.3.4, 11434",
                ":1234, 0.0.0.0, 1234",
                ":0, 0.0.0.0, 0",
                "1.2.3.4:1234, 1.2.3.4, 1234",
                "example.com, example.com, 11434",
                "example.com:1234, example.com, 1234",
                "example.com:66000, example.com, 11434",
                "example.com:-1, example.com, 11434",
                "example.com:junk, example.com, 11434",
                "[::1], ::1, 11434",
                "::1, ::1, 11434",
                "[::1]:1337, ::1, 1337",
                "[::]:0, ::, 0",
                "| 1.2.3.4 |, 1.2.3.4, 11434",
                "\"1.2.3.4\", 1.2.3.4, 11434",
                "'1.2.3.4', 1.2.3.4, 11434",
                "| \" 1.2.3.4:1 \" |, 1.2.3.4, 1",
                "http://1.2.3.4, 1.2.3.4, 80",
                "http://1.2.3.4:4321, 1.2.3.4, 4321",
                "https://1.2.3.4, 1.2.3.4, 443",
                "https://1.2.3.4:66000, 1.2.3.4, 443",
                "http://example.com/ollama, example.com, 80",
                "example.com/ollama, example.com, 11434",
            })
    void isReadAsOllamaReadsIt(String text, String host, int port) {
        assertThat(OllamaHost.parse(text)).isEqualTo(new ListenAddress(Optional.of(host), OptionalInt.of(port)));
    }

    @Test
    void anEmptyOneSaysNothing() {
        assertThat(OllamaHost.parse(" \"\" ")).isEqualTo(ListenAddress.NONE);
    }
}
