package ai.orchestrator.server.http.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.http.ollama.OllamaSurface;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.template.RequestTemplates;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesRequestTest extends AnthropicFixture {
    @Test
    void readsAConversationWithEveryKindOfBlock() {
        Reply reply = client.post("/v1/messages", """
                {"model": "able", "max_tokens": 9, "system": [
                   {"type": "text", "text": "Be ", "cache_control": {"type": "ephemeral"}}, {"type": "text", "text": "brief."}],
                 "messages": [
                  {"role": "user", "content": [
                    {"type": "text", "text": "What is "}, {"type": "text", "text": "this?"},
                    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "aGk="}}]},
                  {"role": "assistant", "content": [
                    {"type": "thinking", "thinking": "hm", "signature": "x"}, {"type": "redacted_thinking", "data": "x"},
                    {"type": "text", "text": "Let me see."},
                    {"type": "tool_use", "id": "toolu_1", "name": "look", "input": {"at": [1, 2]}}]},
                  {"role": "user", "content": [
                    {"type": "text", "text": "Well?"},
                    {"type": "tool_result", "tool_use_id": "toolu_1", "content": [
                      {"type": "text", "text": "a "}, {"type": "text", "text": "dog"},
                      {"type": "image", "source": {"type": "base64", "data": "aGk="}}]},
                    {"type": "tool_result", "tool_use_id": "toolu_2", "content": "plain"},
                    {"type": "tool_result", "tool_use_id": "toolu_3", "is_error": true}]}],
                 "tools": [{"name": "look"}]}
                """);

        assertThat(reply.status()).isEqualTo(200);
        Image image = new Image("hi".getBytes(StandardCharsets.UTF_8));
        assertThat(answers.last().prompt())
                .isEqualTo(new Prompt.Chat(List.of(
                        Message.of("system", "Be brief."),
                        new Message("user", "What is this?", "", List.of(image), List.of(), "", ""),
                        new Message(
                                "assistant",
                                "Let me see.",
                                "hm",
                                List.of(),
                                List.of(new ToolCall("toolu_1", "look", "{\"at\":[1,2]}")),
                                "",
                                ""),
                        new Message("tool", "a dog", "", List.of(image), List.of(), "look", "toolu_1"),
                        new Message("tool", "plain", "", List.of(), List.of(), "", "toolu_2"),
                        new Message("tool", "", "", List.of(), List.of(), "", "toolu_3"),
                        Message.of("user", "Well?"))));
    }

    @Test
    void readsDocumentsThatAreTexts() {
        client.post("/v1/messages", """
                {"model": "test", "max_tokens": 1, "messages": [{"role": "user", "content": [
                  {"type": "document", "title": "Notes", "source": {"type": "text", "media_type": "text/plain", "data": "one"}},
                  {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "two"}},
                  {"type": "text", "text": "Sum up."}]}]}
                """);

        assertThat(answers.last().prompt())
                .isEqualTo(new Prompt.Chat(List.of(Message.of("user", "Notes\n\none\n\ntwo\n\nSum up."))));
    }

    @Test
    void readsOptionsAndTools() {
        ask("able", """
                ,"system": "Be brief.", "temperature": 0.5, "top_p": 0.25, "top_k": 7, "stop_sequences": ["END"],
                 "output_config": {"effort": "xhigh", "format": {"type": "json_schema", "schema": {"type": "object"}}},
                 "tools": [{"type": "custom", "name": "look", "description": "Looks.", "strict": true,
                    "input_schema": {"type": "object", "properties": {"at": {"type": "string"}}},
                    "cache_control": {"type": "ephemeral"}}],
                 "tool_choice": {"type": "tool", "name": "look", "disable_parallel_tool_use": true}
                """);
        ChatRequest request = answers.last();

        assertThat(request.options())
                .isEqualTo(SamplingOptions.builder()
                        .numPredict(100)
                        .temperature(0.5)
                        .topP(0.25)
                        .topK(7)
                        .stop(List.of("END"))
                        .build());
        assertThat(request.thinking()).isEqualTo(Thinking.HIGH);
        assertThat(request.format()).isEqualTo(new ResponseFormat.JsonSchema("{\"type\":\"object\"}"));
        assertThat(request.tools())
                .containsExactly(new ToolDefinition(
                        "look", "Looks.", "{\"type\":\"object\",\"properties\":{\"at\":{\"type\":\"string\"}}}"));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.NAMED, "look"));
        assertThat(request.extra()).isEmpty();
    }

    @Test
    void asksTheSameAsTheNativeChat() {
        ask("test", ",\"metadata\":{\"user_id\":\"me\"},\"service_tier\":\"auto\",\"system\":\"Be brief.\"");
        ChatRequest asked = answers.last();
        try (var other = ai.orchestrator.server.http.TestServer.of(
                new OllamaSurface(answers, catalog, new RequestTemplates(), new NoForm(), MAX_BODY))) {
            other.client().post("/api/chat", """
                    {"model": "test", "stream": false, "options": {"num_predict": 100}, "messages": [
                      {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}]}
                    """);
        }
        ChatRequest nativeOne = answers.last();

        assertThat(asked.prompt()).isEqualTo(nativeOne.prompt());
        assertThat(asked.options()).isEqualTo(nativeOne.options());
        assertThat(asked.thinking()).isEqualTo(nativeOne.thinking());
        assertThat(asked.overflow()).isEqualTo(nativeOne.overflow());
        assertThat(asked.extra()).isEqualTo(nativeOne.extra());
        assertThat(asked.tools()).isEqualTo(nativeOne.tools());
        assertThat(asked.toolChoice()).isEqualTo(nativeOne.toolChoice());
    }

    @Test
    void keepsMarksOfAnotherServersPromptCacheOutOfTheKey() {
        ask("able", ",\"system\":\"S\",\"tools\":[{\"name\":\"look\"}]");
        ChatRequest plain = answers.last();
        ask("able", """
                ,"system": [{"type": "text", "text": "S", "cache_control": {"type": "ephemeral"}}],
                 "tools": [{"name": "look", "cache_control": {"type": "ephemeral"}}], "cache_control": {"type": "ephemeral"}
                """);
        ChatRequest marked = answers.last();

        assertThat(marked.prompt()).isEqualTo(plain.prompt());
        assertThat(marked.tools()).isEqualTo(plain.tools());
        assertThat(marked.extra()).isEqualTo(plain.extra());
    }

    @Test
    void keepsMembersThatItDoesNotKnow() {
        ask("test", ",\"mood\":{\"b\":1.0,\"a\":2}");

        assertThat(answers.last().extra()).isEqualTo(Map.of("mood", "{\"a\":2,\"b\":1}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            able | {"type":"enabled","budget_tokens":1024} | ON
            able | {"type":"disabled"}                     | OFF
            able | {"type":"adaptive"}                     | UNSET
            auto | {"type":"enabled"}                      | ON
            test | {"type":"enabled"}                      | UNSET
            """)
    void asksForThinkingOnlyWhereTheModelCan(String model, String thinking, Thinking expected) {
        assertThat(ask(model, ",\"thinking\":" + thinking).status()).isEqualTo(200);
        assertThat(answers.last().thinking()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"auto,AUTO", "any,REQUIRED", "none,NONE"})
    void readsTheChoiceOfTools(String type, ToolChoice.Mode mode) {
        ask("able", ",\"tools\":[{\"name\":\"look\"}],\"tool_choice\":{\"type\":\"" + type + "\"}");

        assertThat(answers.last().toolChoice().mode()).isEqualTo(mode);
    }

    @Test
    void takesAnUnknownModelForOneThatRulesMayKnow() {
        assertThat(ask("claude-sonnet-4", "").status()).isEqualTo(200);
    }

    @Test
    void passesOnWhatTheClientAsksOfTheCache() {
        client.post(
                "/v1/messages",
                "{\"model\":\"test\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "Cache-Control",
                "no-cache");

        assertThat(answers.last().cacheControl().noCache()).isTrue();
    }
}
