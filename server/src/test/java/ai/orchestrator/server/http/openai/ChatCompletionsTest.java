package ai.orchestrator.server.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.CacheStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatCompletionsTest extends OpenAiFixture {
    private static final String PATH = "/v1/chat/completions";
    private static final String STREAM = HELLO + ",\"stream\":true}";
    private static final String STREAM_WITH_USAGE =
            HELLO + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

    @Test
    void answersWhole() {
        long before = Instant.now().getEpochSecond();
        Reply reply = client.post(PATH, HELLO + "}");
        JsonNode body = reply.json();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body()).endsWith("}\n");
        assertThat(body.fieldNames())
                .toIterable()
                .containsExactly("id", "object", "created", "model", "system_fingerprint", "choices", "usage");
        assertThat(body.path("id").asText()).matches("chatcmpl-\\d+");
        assertThat(body.path("object").asText()).isEqualTo("chat.completion");
        assertThat(body.path("created").asLong())
                .isBetween(before, Instant.now().getEpochSecond());
        assertThat(body.path("model").asText()).isEqualTo("test");
        assertThat(body.path("system_fingerprint").asText()).isEqualTo("fp_ollama");
        assertThat(body.path("choices").toString())
                .isEqualTo("[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi!\"},"
                        + "\"finish_reason\":\"stop\"}]");
        assertThat(body.path("usage").toString())
                .isEqualTo("{\"prompt_tokens\":11,\"completion_tokens\":2,\"total_tokens\":13,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":3},\"cost\":0.0012}");
    }

    @Test
    void tellsInHeadersHowTheAnswerCameAbout() {
        Reply reply = client.post(PATH, HELLO + "}");

        assertThat(reply.header("X-Cache")).isEqualTo("MISS");
        assertThat(reply.header("X-Route")).isEqualTo("local");
        assertThat(reply.header("X-Model")).isEqualTo("test:latest");
        assertThat(reply.header("X-Cost-Usd")).isEqualTo("0.0012");
        assertThat(reply.header("X-Overhead-Ms")).isEqualTo("1.500");
    }

    @Test
    void leavesOutACostThatNobodyKnows() {
        answers.script((request, sink) -> {
            sink.start(FakeAnswers.start(CacheStatus.MISS));
            sink.event(new ModelEvent.Text("x"));
            sink.event(new ModelEvent.Finished(FinishReason.STOP, FakeAnswers.USAGE));
            sink.end(new AnswerEnd(Optional.empty(), Duration.ZERO));
        });

        assertThat(client.post(PATH, HELLO + "}").json().path("usage").has("cost"))
                .isFalse();
    }

    @Test
    void streamsWithTheRoleInTheFirstPieceOnly() {
        answers.script(FakeAnswers.says("Hello", " world", "!"));
        Reply reply = client.post(PATH, STREAM);
        List<JsonNode> chunks = chunks(reply.body());

        assertThat(reply.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(reply.header("X-Cache")).isEqualTo("MISS");
        assertThat(data(reply.body())).hasSize(5).last().isEqualTo("[DONE]");
        assertThat(chunks)
                .extracting(chunk -> chunk.path("choices").toString())
                .containsExactly(
                        "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":null}]",
                        "[{\"index\":0,\"delta\":{\"content\":\" world\"},\"finish_reason\":null}]",
                        "[{\"index\":0,\"delta\":{\"content\":\"!\"},\"finish_reason\":null}]",
                        "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]");
        assertThat(chunks.getFirst().fieldNames())
                .toIterable()
                .containsExactly("id", "object", "created", "model", "system_fingerprint", "choices");
        assertThat(chunks).extracting(chunk -> chunk.path("object").asText()).containsOnly("chat.completion.chunk");
        assertThat(chunks)
                .extracting(chunk -> chunk.path("id").asText() + chunk.path("created"))
                .containsOnly(chunks.getFirst().path("id").asText()
                        + chunks.getFirst().path("created"));
    }

    @Test
    void endsAStreamWithTheUsageWhereItIsAskedFor() {
        answers.script(FakeAnswers.says("Hi"));
        String stream = client.post(PATH, STREAM_WITH_USAGE).body();
        List<JsonNode> chunks = chunks(stream);

        assertThat(data(stream)).hasSize(4).last().isEqualTo("[DONE]");
        assertThat(chunks).filteredOn(chunk -> chunk.has("usage")).hasSize(1);
        assertThat(chunks.getLast().path("choices").toString()).isEqualTo("[]");
        assertThat(chunks.getLast().path("usage").toString())
                .isEqualTo("{\"prompt_tokens\":11,\"completion_tokens\":2,\"total_tokens\":13,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":3},\"cost\":0.0012}");
        assertThat(chunks)
                .extracting(chunk -> chunk.path("created").asLong())
                .containsOnly(chunks.getFirst().path("created").asLong());
    }

    @Test
    void namesTheAssistantInAnEmptyAnswer() {
        answers.script(FakeAnswers.says());

        assertThat(chunks(client.post(PATH, STREAM).body()))
                .extracting(chunk -> chunk.path("choices").path(0).path("delta").toString())
                .containsExactly("{\"role\":\"assistant\",\"content\":\"\"}", "{}");
    }

    @Test
    void givesThinkingAsReasoning() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS),
                List.of(new ModelEvent.Think("Let me"), new ModelEvent.Text("42"))));

        assertThat(chunks(client.post(PATH, STREAM).body()))
                .extracting(chunk -> chunk.path("choices").path(0).path("delta").toString())
                .containsExactly(
                        "{\"role\":\"assistant\",\"content\":\"\",\"reasoning\":\"Let me\"}",
                        "{\"content\":\"42\"}",
                        "{}");
        assertThat(client.post(PATH, HELLO + "}")
                        .json()
                        .path("choices")
                        .path(0)
                        .path("message")
                        .toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"42\",\"reasoning\":\"Let me\"}");
    }

    @Test
    void givesToolCallsWithTheirArgumentsAsText() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS),
                List.of(
                        new ModelEvent.Call(new ToolCall("", "weather", "{\"unit\":\"celsius\",\n\"at\":\"Seattle\"}")),
                        new ModelEvent.Call(new ToolCall("call_k3x9a1bq", "time", "{}"))),
                FinishReason.STOP));
        JsonNode choice = client.post(PATH, HELLO + "}").json().path("choices").path(0);
        List<JsonNode> chunks = chunks(client.post(PATH, STREAM).body());

        JsonNode first = choice.path("message").path("tool_calls").path(0);
        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(choice.path("message").path("content").asText("absent")).isEmpty();
        assertThat(first.path("id").asText()).matches("call_[a-z0-9]{8}");
        assertThat(first.path("type").asText()).isEqualTo("function");
        assertThat(first.path("function").path("arguments").asText())
                .isEqualTo("{\"unit\":\"celsius\",\"at\":\"Seattle\"}");
        assertThat(choice.path("message").path("tool_calls").path(1).toString())
                .isEqualTo("{\"id\":\"call_k3x9a1bq\",\"index\":1,\"type\":\"function\","
                        + "\"function\":{\"name\":\"time\",\"arguments\":\"{}\"}}");
        assertThat(chunks).hasSize(3);
        assertThat(chunks.get(0)
                        .path("choices")
                        .path(0)
                        .path("delta")
                        .path("role")
                        .asText())
                .isEqualTo("assistant");
        assertThat(chunks.get(1).path("choices").path(0).path("delta").toString())
                .isEqualTo("{\"tool_calls\":[{\"id\":\"call_k3x9a1bq\",\"index\":1,\"type\":\"function\","
                        + "\"function\":{\"name\":\"time\",\"arguments\":\"{}\"}}]}");
        assertThat(chunks.get(2).path("choices").path(0).path("finish_reason").asText())
                .isEqualTo("tool_calls");
    }

    @Test
    void passesOnNoToolCallThatCannotBe() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS),
                List.of(new ModelEvent.Text("x"), new ModelEvent.Call(new ToolCall("", "f", "[]")))));
        Reply whole = client.post(PATH, HELLO + "}");
        List<String> stream = data(client.post(PATH, STREAM).body());

        assertThat(whole.status()).isEqualTo(502);
        assertThat(stream).hasSize(2);
        assertThat(stream.getLast())
                .isEqualTo(error("api_error", "the model called a tool with arguments that are not a JSON object")
                        .strip());
    }

    @ParameterizedTest
    @CsvSource({"STOP,stop", "LENGTH,length", "CONTENT_FILTER,content_filter", "TOOL_CALLS,stop"})
    void saysWhyTheAnswerEnded(FinishReason reason, String word) {
        answers.script(
                FakeAnswers.events(FakeAnswers.start(CacheStatus.MISS), List.of(new ModelEvent.Text("x")), reason));

        assertThat(client.post(PATH, HELLO + "}")
                        .json()
                        .at("/choices/0/finish_reason")
                        .asText())
                .isEqualTo(word);
    }

    @Test
    void givesProbabilitiesOfTokens() {
        TokenLogprob token = new TokenLogprob(
                "é",
                -0.25,
                List.of(195, 169),
                List.of(
                        new TokenLogprob.Alternative("é", -0.25, List.of(195, 169)),
                        new TokenLogprob.Alternative("a", Double.NEGATIVE_INFINITY, List.of(97))));
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS), List.of(new ModelEvent.Text("é", List.of(token)))));
        String expected = "{\"content\":[{\"token\":\"é\",\"logprob\":-0.25,\"bytes\":[195,169],\"top_logprobs\":["
                + "{\"token\":\"é\",\"logprob\":-0.25,\"bytes\":[195,169]},"
                + "{\"token\":\"a\",\"logprob\":-9999.0,\"bytes\":[97]}]}]}";

        assertThat(client.post(PATH, HELLO + ",\"logprobs\":true,\"top_logprobs\":2}")
                        .json()
                        .at("/choices/0/logprobs")
                        .toString())
                .isEqualTo(expected);
        assertThat(chunks(client.post(PATH, STREAM).body())
                        .getFirst()
                        .at("/choices/0/logprobs")
                        .toString())
                .isEqualTo(expected);
    }

    @Test
    void replaysAHitUnderANewId() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.HIT), List.of(new ModelEvent.Text("a"), new ModelEvent.Text("b"))));
        Reply one = client.post(PATH, STREAM);
        Reply two = client.post(PATH, STREAM);

        assertThat(one.header("X-Cache")).isEqualTo("HIT");
        assertThat(one.header("X-Cache-Tier")).isEqualTo("memory");
        assertThat(one.header("Age")).isEqualTo("7");
        assertThat(data(one.body())).hasSize(4);
        assertThat(chunks(one.body()).getFirst().path("id"))
                .isNotEqualTo(chunks(two.body()).getFirst().path("id"));
    }

    @Test
    void givesASignOfLifeThatClientsPassOver() {
        answers.script((request, sink) -> {
            sink.idle();
            sink.start(FakeAnswers.start(CacheStatus.MISS));
            sink.event(new ModelEvent.Text("Hi"));
            sink.idle();
            sink.event(new ModelEvent.Finished(FinishReason.STOP, FakeAnswers.USAGE));
            sink.end(new AnswerEnd(Optional.empty(), Duration.ZERO));
        });
        String[] events = client.post(PATH, STREAM).body().split("\n\n");

        assertThat(events).hasSize(4);
        assertThat(events[0]).startsWith("data: {");
        assertThat(events[1]).isEqualTo(":");
        assertThat(events[3]).isEqualTo("data: [DONE]");
    }

    @Test
    void writesNoHalfCharacters() {
        answers.script(FakeAnswers.says("half \ud83d"));

        assertThat(client.post(PATH, HELLO + "}").body()).contains("\"content\":\"half \uFFFD\"");
        assertThat(client.post(PATH, STREAM).body()).contains("\"content\":\"half \uFFFD\"");
    }
}
