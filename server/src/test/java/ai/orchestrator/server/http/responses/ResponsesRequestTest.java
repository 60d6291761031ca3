package ai.orchestrator.server.http.responses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesRequestTest extends ResponsesFixture {
    @Test
    void readsAConversationWithEveryKindOfItem() {
        Reply reply = client.post("/v1/responses", """
                {"model": "able", "instructions": "Be brief.", "input": [
                  {"role": "developer", "content": "Be kind."},
                  {"type": "message", "role": "user", "content": [
                    {"type": "input_text", "text": "What is "}, {"type": "input_text", "text": "this?"},
                    {"type": "input_image", "detail": "auto", "image_url": "data:image/png;base64,aGk="}]},
                  {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "hm"}]},
                  {"type": "message", "role": "assistant", "id": "msg_1", "status": "completed", "content": [
                    {"type": "output_text", "text": "Let me see.", "annotations": []}]},
                  {"type": "function_call", "call_id": "call_1", "name": "look", "arguments": "{\\"at\\":1}"},
                  {"type": "function_call", "call_id": "call_2", "name": "find", "namespace": "crm", "arguments": ""},
                  {"type": "function_call_output", "call_id": "call_1", "output": "a dog"},
                  {"type": "function_call_output", "call_id": "call_2", "output": [{"type": "input_text", "text": "Max"}]},
                  {"type": "web_search_call", "id": "ws_1", "status": "completed"},
                  {"role": "user", "content": "Well?"}],
                 "tools": [{"type": "function", "name": "look"}]}
                """);

        assertThat(reply.status()).isEqualTo(200);
        Image image = new Image("hi".getBytes(StandardCharsets.UTF_8));
        assertThat(answers.last().prompt())
                .isEqualTo(new Prompt.Chat(List.of(
                        Message.of("system", "Be brief.\n\nBe kind."),
                        new Message("user", "What is this?", "", List.of(image), List.of(), "", ""),
                        new Message(
                                "assistant",
                                "Let me see.",
                                "hm",
                                List.of(),
                                List.of(
                                        new ToolCall("call_1", "look", "{\"at\":1}"),
                                        new ToolCall("call_2", "crm__find", "{}")),
                                "",
                                ""),
                        new Message("tool", "a dog", "", List.of(), List.of(), "look", "call_1"),
                        new Message("tool", "Max", "", List.of(), List.of(), "crm__find", "call_2"),
                        Message.of("user", "Well?"))));
    }

    @Test
    void takesThoughtsBeforeACallAndAtTheEnd() {
        client.post("/v1/responses", """
                {"model": "able", "input": [
                  {"role": "user", "content": "x"},
                  {"type": "reasoning", "encrypted_content": "first", "summary": []},
                  {"type": "function_call", "call_id": "c", "name": "look", "arguments": "{}"},
                  {"type": "function_call_output", "call_id": "c", "output": "y"},
                  {"type": "reasoning", "summary": [{"type": "summary_text", "text": "last"}]}]}
                """);

        assertThat(answers.last().prompt())
                .isEqualTo(new Prompt.Chat(List.of(
                        Message.of("user", "x"),
                        new Message(
                                "assistant", "", "first", List.of(), List.of(new ToolCall("c", "look", "{}")), "", ""),
                        new Message("tool", "y", "", List.of(), List.of(), "look", "c"),
                        new Message("assistant", "", "last", List.of(), List.of(), "", ""))));
    }

    @Test
    void readsOptionsAndTools() {
        ask("able", """
                ,"temperature": 0.5, "top_p": 0.25, "max_output_tokens": 7, "truncation": "disabled",
                 "reasoning": {"effort": "minimal", "summary": "auto"},
                 "text": {"verbosity": "low", "format": {"type": "json_schema", "name": "n", "schema": {"type": "object"}}},
                 "tools": [{"type": "function", "name": "look", "description": "Looks.", "strict": true,
                    "parameters": {"type": "object"}}, {"type": "namespace", "name": "crm", "description": "Customers",
                    "tools": [{"type": "function", "name": "find", "description": "Finds one."}]}],
                 "tool_choice": {"type": "function", "name": "look"}
                """);
        ChatRequest request = answers.last();

        assertThat(request.options())
                .isEqualTo(SamplingOptions.builder()
                        .numPredict(7)
                        .temperature(0.5)
                        .topP(0.25)
                        .build());
        assertThat(request.overflow()).isEqualTo(new Overflow(false, false));
        assertThat(request.thinking()).isEqualTo(Thinking.LOW);
        assertThat(request.format()).isEqualTo(new ResponseFormat.JsonSchema("{\"type\":\"object\"}"));
        assertThat(request.tools())
                .containsExactly(
                        new ToolDefinition("look", "Looks.", "{\"type\":\"object\"}"),
                        new ToolDefinition(
                                "crm__find", "Customers: Finds one.", "{\"type\":\"object\",\"properties\":{}}"));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.NAMED, "look"));
        assertThat(request.extra()).isEmpty();
    }

    @Test
    void fillsInOpenAisDefaultsAndKeepsWhatDoesNotMatterOutOfTheKey() {
        ask("test", ",\"store\":true,\"user\":\"me\",\"include\":[],\"prompt_cache_key\":\"k\",\"mood\":1.0");

        assertThat(answers.last().options())
                .isEqualTo(SamplingOptions.builder().temperature(1).topP(1).build());
        assertThat(answers.last().overflow()).isEqualTo(Overflow.DEFAULT);
        assertThat(answers.last().extra()).isEqualTo(Map.of("mood", "1"));
        assertThat(answers.last().prompt()).isEqualTo(Prompt.user("Hello"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "auto"                                                  | AUTO     | ''
            "none"                                                  | NONE     | ''
            "required"                                              | REQUIRED | ''
            {"type":"function","name":"look"}                       | NAMED    | look
            {"type":"function","name":"find","namespace":"crm"}     | NAMED    | crm__find
            """)
    void readsTheChoiceOfTools(String choice, ToolChoice.Mode mode, String tool) {
        ask("able", """
                ,"tools": [{"type": "function", "name": "look"}, {"type": "namespace", "name": "crm",
                  "tools": [{"type": "function", "name": "find"}]}], "tool_choice":
                """ + choice);

        assertThat(answers.last().toolChoice()).isEqualTo(new ToolChoice(mode, tool));
    }

    @Test
    void offersOnlyTheToolsThatAreAllowed() {
        ask("able", """
                ,"tools": [{"type": "function", "name": "look"}, {"type": "function", "name": "find"}, {"type": "web_search"}],
                 "tool_choice": {"type": "allowed_tools", "mode": "required", "tools": [{"type": "function", "name": "find"}]}
                """);

        assertThat(answers.last().tools()).extracting(ToolDefinition::name).containsExactly("find");
        assertThat(answers.last().toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.REQUIRED, ""));
    }

    @ParameterizedTest
    @CsvSource({"none,OFF", "minimal,LOW", "medium,MEDIUM", "high,HIGH", "xhigh,MAX", "max,MAX"})
    void readsTheEffort(String effort, Thinking thinking) {
        ask("able", ",\"reasoning\":{\"effort\":\"" + effort + "\"}");

        assertThat(answers.last().thinking()).isEqualTo(thinking);
    }
}
