package ai.orchestrator.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingExchangeTest {
    @Test
    void asksForNumbers() {
        assertThat(new String(EmbeddingExchange.write("acme/embed", List.of("a", "")), StandardCharsets.UTF_8))
                .isEqualTo("{\"model\":\"acme/embed\",\"input\":[\"a\",\" \"],\"encoding_format\":\"float\"}");
    }

    @Test
    void putsShuffledVectorsInOrder() {
        EmbeddingResult result = EmbeddingExchange.read(Json.read("""
                {"data":[{"index":1,"embedding":[3,4]},{"index":0,"embedding":[1,2.5]}],"usage":{"prompt_tokens":7}}"""), 2);
        assertThat(result.vectors()).containsExactly(new float[] {1, 2.5f}, new float[] {3, 4});
        assertThat(result.promptTokens()).isEqualTo(7);
    }

    @Test
    void readsPackedVectors() {
        EmbeddingResult result = EmbeddingExchange.read(Json.read("""
                {"data":[{"embedding":"AACAPwAAAEA="}]}"""), 1);
        assertThat(result.vectors()).containsExactly(new float[] {1, 2});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":[]}",
                "{\"data\":[{\"embedding\":[]}]}",
                "{\"data\":[{\"embedding\":[\"x\"]}]}",
                "{\"data\":[{\"embedding\":[1e99]}]}",
                "{\"data\":[{\"embedding\":\"!\"}]}",
                "{\"data\":[{\"index\":1,\"embedding\":[1]}]}",
                "{\"data\":[{\"index\":-1,\"embedding\":[1]}]}"
            })
    void refusesWhatIsNoVector(String reply) {
        assertThatThrownBy(() -> EmbeddingExchange.read(Json.read(reply), 1))
                .isInstanceOfSatisfying(PluginFailure.Retriable.class, failure -> assertThat(failure.code())
                        .isEqualTo(FailureCode.BAD_REPLY));
    }

    @Test
    void refusesVectorsOfDifferentLengths() {
        assertThatThrownBy(() -> EmbeddingExchange.read(Json.read("""
                        {"data":[{"embedding":[1]},{"embedding":[1,2]}]}"""), 2)).isInstanceOf(PluginFailure.class);
    }
}
