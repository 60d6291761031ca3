package ai.orchestrator.server.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.CacheStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionsTest extends OpenAiFixture {
    private static final String PATH = "/v1/completions";
    private static final String ONCE = "{\"model\":\"test\",\"prompt\":\"Once\"";

    @Test
    void answersWhole() {
        Reply reply = client.post(PATH, ONCE + ",\"max_tokens\":5}");
        JsonNode body = reply.json();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("X-Cache")).isEqualTo("MISS");
        assertThat(body.path("id").asText()).matches("cmpl-\\d+");
        assertThat(body.path("object").asText()).isEqualTo("text_completion");
        assertThat(body.path("choices").toString())
                .isEqualTo("[{\"index\":0,\"text\":\"Hi!\",\"finish_reason\":\"stop\"}]");
        assertThat(body.path("usage").path("total_tokens").asInt()).isEqualTo(13);
        assertThat(answers.last().prompt()).isEqualTo(Prompt.user("Once"));
        assertThat(answers.last().options())
                .isEqualTo(SamplingOptions.builder()
                        .temperature(1)
                        .topP(1)
                        .numPredict(5)
                        .build());
    }

    @Test
    void streams() {
        answers.script(FakeAnswers.says("a", "b"));
        String stream = client.post(PATH, ONCE + ",\"stream\":true}").body();

        assertThat(data(stream)).hasSize(4).last().isEqualTo("[DONE]");
        assertThat(chunks(stream))
                .extracting(chunk -> chunk.path("choices").toString())
                .containsExactly(
                        "[{\"index\":0,\"text\":\"a\",\"finish_reason\":null}]",
                        "[{\"index\":0,\"text\":\"b\",\"finish_reason\":null}]",
                        "[{\"index\":0,\"text\":\"\",\"finish_reason\":\"stop\"}]");
        assertThat(chunks(stream)).noneMatch(chunk -> chunk.has("usage"));
    }

    @Test
    void hasAUsageInEachPieceWhereItIsAskedFor() {
        answers.script(FakeAnswers.says("a"));
        String stream = client.post(PATH, ONCE + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")
                .body();

        assertThat(chunks(stream))
                .extracting(chunk -> chunk.path("usage").path("total_tokens").asInt(-1))
                .containsExactly(0, 0, 13);
        assertThat(chunks(stream).getLast().path("choices").toString()).isEqualTo("[]");
    }

    @Test
    void givesProbabilitiesInListsSideBySide() {
        List<ModelEvent> events = List.of(
                new ModelEvent.Text(
                        "é",
                        List.of(new TokenLogprob(
                                "é",
                                -0.5,
                                List.of(195, 169),
                                List.of(new TokenLogprob.Alternative("e", -1.5, List.of(101)))))),
                new ModelEvent.Text(
                        "😀!",
                        List.of(
                                new TokenLogprob("😀", -0.25, List.of(), List.of()),
                                new TokenLogprob("!", 0, List.of(33), List.of()))));
        answers.script(FakeAnswers.events(FakeAnswers.start(CacheStatus.MISS), events));
        JsonNode whole = client.post(PATH, ONCE + ",\"logprobs\":1}").json();
        List<JsonNode> chunks = chunks(
                client.post(PATH, ONCE + ",\"logprobs\":1,\"stream\":true}").body());

        assertThat(whole.at("/choices/0/logprobs").toString())
                .isEqualTo("{\"tokens\":[\"é\",\"😀\",\"!\"],\"token_logprobs\":[-0.5,-0.25,0.0],"
                        + "\"top_logprobs\":[{\"e\":-1.5},{},{}],\"text_offset\":[0,1,2]}");
        assertThat(chunks.get(1).at("/choices/0/logprobs/text_offset").toString())
                .isEqualTo("[1,2]");
        assertThat(answers.last().topLogprobs()).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void takesAListOfOnePrompt() {
        client.post(PATH, "{\"model\":\"test\",\"prompt\":[\"Once\"]}");

        assertThat(answers.last().prompt()).isEqualTo(Prompt.user("Once"));
    }

    @Test
    void insertsBeforeASuffix() {
        client.post(PATH, "{\"model\":\"able\",\"prompt\":\"a\",\"suffix\":\"c\"}");

        assertThat(answers.last().prompt()).isEqualTo(new Prompt.Insert("a", "c"));
    }

    @Test
    void loadsTheModelWhereNothingIsAsked() {
        JsonNode whole = client.post(PATH, "{\"model\":\"test\"}").json();
        String stream =
                client.post(PATH, "{\"model\":\"test\",\"stream\":true}").body();

        assertThat(whole.path("choices").toString())
                .isEqualTo("[{\"index\":0,\"text\":\"\",\"finish_reason\":\"load\"}]");
        assertThat(data(stream)).hasSize(2).last().isEqualTo("[DONE]");
        assertThat(catalog.calls).containsExactly("load test:latest default", "load test:latest default");
        assertThat(answers.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"model\":\"test\",\"prompt\":[\"a\",\"b\"]}|400|invalid_request_error|json: cannot unmarshal array into Go struct field CompletionRequest.prompt of type string",
                "{\"model\":\"test\",\"prompt\":\"a\",\"stop\":[1]}|400|invalid_request_error|invalid type for 'stop' field: float64",
                "{\"model\":\"test\",\"prompt\":\"a\",\"logprobs\":21}|400|invalid_request_error|logprobs must be between 0 and 20",
                "{\"model\":\"test\",\"prompt\":\"a\",\"suffix\":\"b\"}|400|invalid_request_error|registry.ollama.ai/library/test:latest does not support insert",
                "{\"model\":\"bert\",\"prompt\":\"a\"}|400|invalid_request_error|\"bert\" does not support generate",
                "{\"prompt\":\"a\"}|404|not_found_error|model '' not found",
                "{\"model\":\"nope\"}|404|not_found_error|model 'nope' not found"
            })
    void refusesWhatMakesNoSense(String body, int status, String type, String message) {
        Reply reply = client.post(PATH, body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo(error(type, message));
        assertThat(answers.count()).isZero();
    }
}
