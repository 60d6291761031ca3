package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.TokenLogprob.Alternative;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.CacheStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogprobsTest extends OllamaFixture {
    private static final String FIRST = "{\"token\":\"Hé\",\"logprob\":-0.25,\"bytes\":[72,195,169],\"top_logprobs\":["
            + "{\"token\":\"Hé\",\"logprob\":-0.25,\"bytes\":[72,195,169]},{\"token\":\"No\",\"logprob\":-3.5,\"bytes\":[78,111]}]}";
    private static final String SECOND = "{\"token\":\"y\",\"logprob\":-9999.0,\"bytes\":[121]}";

    @BeforeEach
    void script() {
        TokenLogprob first = new TokenLogprob(
                "Hé",
                -0.25,
                List.of(72, 195, 169),
                List.of(
                        new Alternative("No", -3.5, List.of(78, 111)),
                        new Alternative("Hé", -0.25, List.of(72, 195, 169))));
        TokenLogprob second = new TokenLogprob("y", Double.NEGATIVE_INFINITY, List.of(121), List.of());
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS),
                List.of(new ModelEvent.Text("Hé", List.of(first)), new ModelEvent.Text("y", List.of(second)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/chat | \"messages\":[{\"role\":\"user\",\"content\":\"x\"}]",
                "/api/generate | \"prompt\":\"x\"",
            })
    void areAFlatListWithTheLikeliestFirst(String path, String asked) {
        String request = "{\"model\":\"test\",\"logprobs\":true,\"top_logprobs\":2," + asked;
        JsonNode whole = client.post(path, request + ",\"stream\":false}").json();
        List<JsonNode> lines = client.post(path, request + "}").lines();

        assertThat(answers.last().topLogprobs()).hasValue(2);
        assertThat(whole.path("logprobs").toString()).isEqualTo("[" + FIRST + "," + SECOND + "]");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).path("logprobs").toString()).isEqualTo("[" + FIRST + "]");
        assertThat(lines.get(1).path("logprobs").toString()).isEqualTo("[" + SECOND + "]");
        assertThat(lines.get(2).has("logprobs")).isFalse();
    }

    @Test
    void areNotThereUnlessAskedFor() {
        answers.script(FakeAnswers.says("Hi"));
        Reply reply = client.post("/api/generate", "{\"model\":\"test\",\"prompt\":\"x\",\"top_logprobs\":3}");

        assertThat(answers.last().topLogprobs()).isEmpty();
        assertThat(reply.body()).doesNotContain("logprobs");
        client.post("/api/generate", "{\"model\":\"test\",\"prompt\":\"x\",\"logprobs\":true}");
        assertThat(answers.last().topLogprobs()).hasValue(0);
    }

    @Test
    void areRefusedWhereTheEngineHasNone() {
        answers.script(FakeAnswers.fails(
                new PluginFailure.Permanent(FailureCode.UNSUPPORTED, "this engine tells no logprobs")));
        Reply reply = client.post("/api/chat", "{\"model\":\"test\",\"messages\":[{}],\"logprobs\":true}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("{\"error\":\"this engine tells no logprobs\"}");
    }
}
