package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server is sent for a conversation. */
class ServerConversationTest {
    @TempDir
    Path folder;

    @Test
    void images_come_before_the_text_that_asks_about_them() throws Exception {
        Message message = new Message("user", "what?", "", List.of(new Image(new byte[] {1, 2})), List.of(), "", "");
        JsonNode content =
                written("", Thinking.UNSET, message).path("messages").path(0).path("content");

        assertThat(content.path(0).path("image_url").path("url").asText()).isEqualTo("data:image/png;base64,AQI=");
        assertThat(content.path(1).path("text").asText()).isEqualTo("what?");
    }

    @Test
    void calls_their_results_and_earlier_thoughts_are_told() throws Exception {
        Message called =
                new Message("assistant", "", "hm", List.of(), List.of(new ToolCall("7", "add", "{\"a\":1}")), "", "");
        Message result = new Message("tool", "2", "", List.of(), List.of(), "add", "7");
        JsonNode messages = written("", Thinking.UNSET, called, result).path("messages");

        JsonNode call = messages.path(0).path("tool_calls").path(0);
        assertThat(call.path("id").asText()).isEqualTo("7");
        assertThat(call.path("function").path("arguments").asText()).isEqualTo("{\"a\":1}");
        assertThat(messages.path(0).path("reasoning_content").asText()).isEqualTo("hm");
        assertThat(messages.path(1).path("tool_call_id").asText()).isEqualTo("7");
        assertThat(messages.path(1).path("name").asText()).isEqualTo("add");
    }

    @Test
    void thinking_is_switched_where_the_template_can_be_told() throws Exception {
        Message user = Message.of("user", "x");
        String thinks = "{% if enable_thinking %}<think>{% endif %}";

        assertThat(written(thinks, Thinking.OFF, user)
                        .path("chat_template_kwargs")
                        .toString())
                .isEqualTo("{\"enable_thinking\":false}");
        assertThat(written(thinks, Thinking.HIGH, user)
                        .path("chat_template_kwargs")
                        .toString())
                .isEqualTo("{\"enable_thinking\":true,\"reasoning_effort\":\"high\"}");
        assertThat(written("{{ x }}", Thinking.UNSET, user).has("chat_template_kwargs"))
                .isFalse();
    }

    private JsonNode written(String template, Thinking thinking, Message... messages) throws Exception {
        GgufWriter writer = TinyModels.generator();
        if (!template.isEmpty()) {
            writer.put("tokenizer.chat_template", template);
        }
        Path file = writer.to(folder.resolve("tiny.gguf"));
        ModelFile model = new ModelFile(
                "tiny:latest",
                List.of(ModelPart.of(file)),
                Instant.EPOCH,
                ModelFacts.read(file),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        ModelRequest plain = ModelRequest.of("test", "tiny:latest", new Prompt.Chat(List.of(messages)));
        ModelRequest request = new ModelRequest(
                "test",
                "tiny:latest",
                plain.prompt(),
                SamplingOptions.defaults(),
                ResponseFormat.text(),
                List.of(new ToolDefinition("add", "", "")),
                ToolChoice.AUTO,
                thinking,
                OptionalInt.empty(),
                plain.overflow(),
                Optional.empty(),
                Optional.empty());
        CheckedOptions options = CheckedOptions.of(request.options(), request.prompt(), model, 0);
        return ServerConversation.of(new Question(request, model, options, Duration.ZERO));
    }
}
