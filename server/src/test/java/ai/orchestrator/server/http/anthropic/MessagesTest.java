package ai.orchestrator.server.http.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.NamedEvents;
import ai.orchestrator.server.http.NamedEvents.Event;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.CacheStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest extends AnthropicFixture {
    private static final List<ModelEvent> EVERYTHING = List.of(
            new ModelEvent.Think("Let "),
            new ModelEvent.Think("me"),
            new ModelEvent.Text("It "),
            new ModelEvent.Text("is"),
            new ModelEvent.Call(new ToolCall("", "weather", "{\"unit\":\"celsius\",\n\"at\":\"Seattle\"}")),
            new ModelEvent.Call(new ToolCall("call_k3x9a1bq", "time", "{}")));

    @Test
    void answersWhole() {
        Reply reply = ask("test", "");
        JsonNode body = reply.json();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body()).endsWith("}\n");
        assertThat(reply.header("request-id")).matches("req_[0-9a-f]{24}");
        assertThat(reply.header("X-Cache")).isEqualTo("MISS");
        assertThat(reply.header("X-Model")).isEqualTo("test:latest");
        assertThat(reply.header("X-Cost-Usd")).isEqualTo("0.0012");
        assertThat(body.path("id").asText()).matches("msg_[0-9a-f]{24}");
        assertThat(body.path("type").asText()).isEqualTo("message");
        assertThat(body.path("role").asText()).isEqualTo("assistant");
        assertThat(body.path("model").asText()).isEqualTo("test");
        assertThat(body.path("content")).hasToString("[{\"type\":\"text\",\"text\":\"Hi!\"}]");
        assertThat(body.path("stop_reason").asText()).isEqualTo("end_turn");
        assertThat(body.get("stop_sequence").isNull()).isTrue();
        assertThat(body.path("usage"))
                .hasToString("{\"input_tokens\":8,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":3,"
                        + "\"output_tokens\":2}");
    }

    @Test
    void givesThinkingTextAndCallsAsBlocksInTheirOrder() {
        answers.script(FakeAnswers.events(FakeAnswers.start(CacheStatus.MISS), EVERYTHING, FinishReason.TOOL_CALLS));
        JsonNode body = ask("able", ",\"tools\":[{\"name\":\"weather\"},{\"name\":\"time\"}]")
                .json();

        JsonNode content = body.path("content");
        assertThat(content.path(0)).hasToString("{\"type\":\"thinking\",\"thinking\":\"Let me\",\"signature\":\"\"}");
        assertThat(content.path(1)).hasToString("{\"type\":\"text\",\"text\":\"It is\"}");
        assertThat(content.path(2).path("id").asText()).matches("call_[a-z0-9]{8}");
        assertThat(content.path(2).path("input")).hasToString("{\"unit\":\"celsius\",\"at\":\"Seattle\"}");
        assertThat(content.path(3))
                .hasToString("{\"type\":\"tool_use\",\"id\":\"call_k3x9a1bq\",\"name\":\"time\",\"input\":{}}");
        assertThat(content).hasSize(4);
        assertThat(body.path("stop_reason").asText()).isEqualTo("tool_use");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "STOP, END, stop_sequence, END",
                "STOP, <|im_end|>, end_turn, null", // the model's own
                "STOP, '', end_turn, null",
                "LENGTH, END, max_tokens, null"
            })
    void namesTheStopSequenceThatEndedIt(FinishReason reason, String stopText, String told, String sequence) {
        answers.script((request, sink) -> {
            sink.start(FakeAnswers.start(CacheStatus.HIT));
            sink.event(new ModelEvent.Text("Hi"));
            sink.event(new ModelEvent.Finished(reason, FakeAnswers.USAGE, stopText));
            sink.end(new AnswerEnd(Optional.empty(), Duration.ZERO));
        });
        String stops = ",\"stop_sequences\":[\"x\",\"END\",\"\"]";
        JsonNode whole = ask("test", stops).json();
        JsonNode delta = NamedEvents.of(ask("test", stops + ",\"stream\":true").body()).stream()
                .filter(event -> event.name().equals("message_delta"))
                .findFirst()
                .orElseThrow()
                .data()
                .path("delta");

        for (JsonNode end : List.of(whole, delta)) {
            assertThat(end.path("stop_reason").asText()).isEqualTo(told);
            assertThat(end.get("stop_sequence").textValue()).isEqualTo(sequence);
        }
    }

    @Test
    void streamsTheSameBlocks() {
        answers.script(FakeAnswers.events(FakeAnswers.start(CacheStatus.MISS), EVERYTHING, FinishReason.TOOL_CALLS));
        Reply reply = ask("able", ",\"stream\":true,\"tools\":[{\"name\":\"weather\"},{\"name\":\"time\"}]");
        List<Event> events = NamedEvents.of(reply.body());

        assertThat(reply.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(reply.header("X-Cache")).isEqualTo("MISS");
        assertThat(NamedEvents.names(events))
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(events)
                .allSatisfy(
                        event -> assertThat(event.data().path("type").asText()).isEqualTo(event.name()));
        JsonNode message = events.getFirst().data().path("message");
        assertThat(message.path("id").asText()).matches("msg_[0-9a-f]{24}");
        assertThat(message.path("content")).isEmpty();
        assertThat(message.get("stop_reason").isNull()).isTrue();
        assertThat(message.path("usage").path("input_tokens").asInt()).isPositive();
        assertThat(events.get(1).data().path("content_block"))
                .hasToString("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}");
        assertThat(events.get(2).data().path("delta"))
                .hasToString("{\"type\":\"thinking_delta\",\"thinking\":\"Let \"}");
        assertThat(events.get(5).data())
                .hasToString("{\"type\":\"content_block_start\",\"index\":1,\"content_block\":"
                        + "{\"type\":\"text\",\"text\":\"\"}}");
        assertThat(events.get(7).data())
                .hasToString("{\"type\":\"content_block_delta\",\"index\":1,\"delta\":"
                        + "{\"type\":\"text_delta\",\"text\":\"is\"}}");
        assertThat(events.get(9).data().path("content_block").path("input")).hasToString("{}");
        assertThat(events.get(10).data().path("delta").path("partial_json").asText())
                .isEqualTo("{\"unit\":\"celsius\",\"at\":\"Seattle\"}");
        assertThat(events.get(14).data().path("index").asInt()).isEqualTo(3);
        assertThat(events.get(15).data())
                .hasToString("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\","
                        + "\"stop_sequence\":null},\"usage\":{\"input_tokens\":8,\"cache_creation_input_tokens\":0,"
                        + "\"cache_read_input_tokens\":3,\"output_tokens\":2}}");
    }

    @Test
    void replaysAHitAsAStream() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.HIT), List.of(new ModelEvent.Text("He"), new ModelEvent.Text("llo"))));
        Reply reply = ask("test", ",\"stream\":true");

        assertThat(reply.header("X-Cache")).isEqualTo("HIT");
        assertThat(reply.header("X-Cache-Tier")).isEqualTo("memory");
        assertThat(NamedEvents.names(NamedEvents.of(reply.body())))
                .startsWith("message_start", "content_block_start")
                .endsWith("message_delta", "message_stop");
    }

    @Test
    void showsThatItLivesWhileTheModelIsSilent() {
        answers.script((request, sink) -> {
            sink.start(FakeAnswers.start(CacheStatus.MISS));
            sink.idle();
            FakeAnswers.says("Hi").play(request, new WithoutStart(sink));
        });

        assertThat(NamedEvents.names(
                        NamedEvents.of(ask("test", ",\"stream\":true").body())))
                .startsWith("message_start", "ping", "content_block_start");
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhyItStopped(FinishReason reason) {
        answers.script(
                FakeAnswers.events(FakeAnswers.start(CacheStatus.MISS), List.of(new ModelEvent.Text("x")), reason));
        String expected =
                switch (reason) {
                    case STOP, TOOL_CALLS -> "end_turn";
                    case LENGTH -> "max_tokens";
                    case CONTENT_FILTER -> "refusal";
                };

        assertThat(ask("test", "").json().path("stop_reason").asText()).isEqualTo(expected);
    }

    @Test
    void refusesToolCallsThatAreNoObjects() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS), List.of(new ModelEvent.Call(new ToolCall("", "weather", "[1")))));

        assertThat(ask("test", "").status()).isEqualTo(502);
        assertThat(NamedEvents.of(ask("test", ",\"stream\":true").body())
                        .getLast()
                        .name())
                .isEqualTo("error");
    }

    @Test
    void countsNoTokens() {
        Reply reply = client.post("/v1/messages/count_tokens", "{}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo("404 page not found");
    }

    @ParameterizedTest
    @CsvSource({"GET,405", "DELETE,405"})
    void takesNothingButPosts(String method, int status) {
        assertThat(client.send(method, "/v1/messages", BodyPublishers.noBody()).status())
                .isEqualTo(status);
    }
}
