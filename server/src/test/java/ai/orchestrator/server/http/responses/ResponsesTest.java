package ai.orchestrator.server.http.responses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.NamedEvents;
import ai.orchestrator.server.http.NamedEvents.Event;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.CacheStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsesTest extends ResponsesFixture {
    @Test
    void answersWhole() {
        Reply reply = ask("test", ",\"instructions\":\"Be brief.\",\"metadata\":{\"a\":\"b\"}");
        JsonNode body = reply.json();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body()).endsWith("}\n");
        assertThat(reply.header("X-Cache")).isEqualTo("MISS");
        assertThat(reply.header("X-Cost-Usd")).isEqualTo("0.0012");
        assertThat(body.path("id").asText()).matches("resp_\\d+");
        assertThat(body.path("object").asText()).isEqualTo("response");
        assertThat(body.path("status").asText()).isEqualTo("completed");
        assertThat(body.path("model").asText()).isEqualTo("test");
        assertThat(body.path("created_at").asLong()).isPositive();
        assertThat(body.path("completed_at").asLong()).isPositive();
        assertThat(body.path("instructions").asText()).isEqualTo("Be brief.");
        assertThat(body.path("metadata")).hasToString("{\"a\":\"b\"}");
        assertThat(body.path("temperature").asDouble()).isEqualTo(1);
        assertThat(body.path("tools")).hasToString("[]");
        assertThat(body.path("tool_choice").asText()).isEqualTo("auto");
        assertThat(body.path("text")).hasToString("{\"format\":{\"type\":\"text\"}}");
        assertThat(body.path("store").asBoolean(true)).isFalse();
        for (String absent : List.of("incomplete_details", "error", "previous_response_id", "reasoning")) {
            assertThat(body.get(absent).isNull()).as(absent).isTrue();
        }
        JsonNode message = body.path("output").path(0);
        assertThat(message.path("id").asText()).matches("msg_\\d+");
        assertThat(message.path("status").asText()).isEqualTo("completed");
        assertThat(message.path("role").asText()).isEqualTo("assistant");
        assertThat(message.path("content"))
                .hasToString("[{\"type\":\"output_text\",\"text\":\"Hi!\",\"annotations\":[],\"logprobs\":[]}]");
        assertThat(body.path("usage"))
                .hasToString("{\"input_tokens\":11,\"input_tokens_details\":{\"cached_tokens\":3},\"output_tokens\":2,"
                        + "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":13,\"cost\":0.0012}");
    }

    @Test
    void streamsTextInTheOrderThatClientsExpect() {
        answers.script(FakeAnswers.says("Hello", " World"));
        Reply reply = ask("test", ",\"stream\":true");
        List<Event> events = NamedEvents.of(reply.body());

        assertThat(reply.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(reply.body()).doesNotContain("[DONE]");
        assertThat(NamedEvents.names(events))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).data().path("sequence_number").asInt(-1)).isEqualTo(i);
            assertThat(events.get(i).data().path("type").asText())
                    .isEqualTo(events.get(i).name());
        }
        JsonNode created = events.getFirst().data().path("response");
        assertThat(created.path("status").asText()).isEqualTo("in_progress");
        assertThat(created.path("output")).isEmpty();
        assertThat(created.get("usage").isNull()).isTrue();
        String id = events.get(2).data().path("item").path("id").asText();
        assertThat(events.subList(3, 8)).allSatisfy(event -> {
            assertThat(event.data().path("item_id").asText()).isEqualTo(id);
            assertThat(event.data().path("output_index").asInt(-1)).isZero();
            assertThat(event.data().path("content_index").asInt(-1)).isZero();
        });
        assertThat(events.get(5).data().path("delta").asText()).isEqualTo(" World");
        assertThat(events.get(6).data().path("text").asText()).isEqualTo("Hello World");
        JsonNode completed = events.getLast().data().path("response");
        assertThat(completed.path("id")).isEqualTo(created.path("id"));
        assertThat(completed.path("status").asText()).isEqualTo("completed");
        assertThat(completed.path("output").path(0))
                .isEqualTo(events.get(8).data().path("item"));
        assertThat(completed
                        .path("output")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("Hello World");
        assertThat(completed.path("usage").path("total_tokens").asInt()).isEqualTo(13);
    }

    @Test
    void tellsReasoningTextAndCallsAsItems() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS),
                List.of(
                        new ModelEvent.Think("Let "),
                        new ModelEvent.Think("me"),
                        new ModelEvent.Text("Well"),
                        new ModelEvent.Call(new ToolCall("", "crm__find", "{\"b\":1,\n\"a\":2}")),
                        new ModelEvent.Call(new ToolCall("call_1", "time", "{}"))),
                FinishReason.TOOL_CALLS));
        String tools = """
                ,"tools":[{"type":"function","name":"time","description":null,"parameters":null,"strict":null},
                  {"type":"namespace","name":"crm","description":"Customers","tools":[
                    {"type":"function","name":"find","description":"Finds one.","parameters":{"type":"object"}}]}]
                """;
        JsonNode output = ask("able", tools).json().path("output");
        List<Event> events =
                NamedEvents.of(ask("able", tools + ",\"stream\":true").body());

        assertThat(output).hasSize(4);
        assertThat(output.path(0).path("id").asText()).matches("rs_\\d+");
        assertThat(output.path(0).path("summary")).hasToString("[{\"type\":\"summary_text\",\"text\":\"Let me\"}]");
        assertThat(output.path(0).path("encrypted_content").asText()).isEqualTo("Let me");
        assertThat(output.path(1).path("content").path(0).path("text").asText()).isEqualTo("Well");
        assertThat(output.path(2).path("id").asText()).matches("fc_\\d+");
        assertThat(output.path(2).path("call_id").asText()).matches("call_[a-z0-9]{8}");
        assertThat(output.path(2).path("name").asText()).isEqualTo("find");
        assertThat(output.path(2).path("namespace").asText()).isEqualTo("crm");
        assertThat(output.path(2).path("arguments").asText()).isEqualTo("{\"b\":1,\"a\":2}");
        assertThat(output.path(3).path("call_id").asText()).isEqualTo("call_1");
        assertThat(output.path(3).has("namespace")).isFalse();
        assertThat(NamedEvents.names(events))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.reasoning_summary_part.added",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.done",
                        "response.reasoning_summary_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(events.get(15).data().path("output_index").asInt()).isEqualTo(2);
        assertThat(events.get(15).data().path("item").path("arguments").asText())
                .isEmpty();
        assertThat(events.get(17).data().path("arguments").asText()).isEqualTo("{\"b\":1,\"a\":2}");
        assertThat(events.getLast().data().path("response").path("output")).hasSize(4);
    }

    @Test
    void saysThatAnAnswerWasCut() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS), List.of(new ModelEvent.Text("Hi")), FinishReason.LENGTH));
        JsonNode whole = ask("test", ",\"max_output_tokens\":1").json();
        Event last = NamedEvents.of(
                        ask("test", ",\"max_output_tokens\":1,\"stream\":true").body())
                .getLast();

        assertThat(whole.path("status").asText()).isEqualTo("incomplete");
        assertThat(whole.path("incomplete_details")).hasToString("{\"reason\":\"max_output_tokens\"}");
        assertThat(whole.path("output").path(0).path("status").asText()).isEqualTo("incomplete");
        assertThat(whole.path("max_output_tokens").asInt()).isEqualTo(1);
        assertThat(last.name()).isEqualTo("response.incomplete");
        assertThat(last.data()
                        .path("response")
                        .path("incomplete_details")
                        .path("reason")
                        .asText())
                .isEqualTo("max_output_tokens");
    }

    @Test
    void makesAMessageOfAnEmptyAnswer() {
        answers.script(FakeAnswers.says());

        JsonNode output = ask("test", "").json().path("output");
        assertThat(output).hasSize(1);
        assertThat(output.path(0).path("content").path(0).path("text").asText()).isEmpty();
    }

    @Test
    void replaysAHitAsAStream() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.HIT), List.of(new ModelEvent.Text("He"), new ModelEvent.Text("llo"))));
        Reply reply = ask("test", ",\"stream\":true");

        assertThat(reply.header("X-Cache")).isEqualTo("HIT");
        assertThat(NamedEvents.names(NamedEvents.of(reply.body())))
                .startsWith("response.created")
                .endsWith("response.completed");
    }

    @Test
    void tellsProbabilitiesWhereTheyAreAskedFor() {
        TokenLogprob token = new TokenLogprob(
                "Hi", -0.5, List.of(72, 105), List.of(new TokenLogprob.Alternative("Hi", -0.5, List.of(72, 105))));
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS), List.of(new ModelEvent.Text("Hi", List.of(token)))));
        String asked = ",\"top_logprobs\":1,\"include\":[\"message.output_text.logprobs\"]";
        JsonNode whole = ask("test", asked).json();
        List<Event> events =
                NamedEvents.of(ask("test", asked + ",\"stream\":true").body());

        String expected = "[{\"token\":\"Hi\",\"logprob\":-0.5,\"bytes\":[72,105],\"top_logprobs\":"
                + "[{\"token\":\"Hi\",\"logprob\":-0.5,\"bytes\":[72,105]}]}]";
        assertThat(answers.last().topLogprobs()).hasValue(1);
        assertThat(whole.path("output").path(0).path("content").path(0).path("logprobs"))
                .hasToString(expected);
        assertThat(events.get(4).data().path("logprobs")).hasToString(expected);
    }

    @Test
    void showsThatItLivesWhileTheModelIsSilent() {
        answers.script((request, sink) -> {
            sink.start(FakeAnswers.start(CacheStatus.MISS));
            sink.idle();
            throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "the end");
        });

        assertThat(ask("test", ",\"stream\":true").body()).contains("\n\n:\n\n");
    }
}
