package ai.orchestrator.server.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
    @ParameterizedTest
    @CsvSource({
        "mistral, mistral:latest",
        "SmolLM2:135M, smollm2:135m",
        "library/mistral, mistral:latest",
        "registry.ollama.ai/library/mistral:7b, mistral:7b",
        "openai/gpt-4o:free, openai/gpt-4o:free",
        "openrouter/auto, openrouter/auto:latest",
        "hf.co/org/repo:Q4_K_M, hf.co/org/repo:q4_k_m",
        "host:5000/ns/model, host:5000/ns/model:latest",
    })
    void hasOneSpelling(String text, String full) {
        assertThat(ModelName.parse(text)).map(ModelName::full).contains(full);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:", ":b", "../etc/passwd", "a/b/c/d", "a//b", "-x", "a:b:c", "a\nb"})
    void refusesWhatIsNoName(String text) {
        assertThat(ModelName.parse(text)).isEmpty();
    }
}
