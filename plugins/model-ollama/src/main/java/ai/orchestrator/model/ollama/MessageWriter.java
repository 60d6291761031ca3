package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.Json;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;

/** Writes a conversation as {@code /api/chat} takes it. */
final class MessageWriter {
    private MessageWriter() {}

    /** @throws ai.orchestrator.plugin.PluginFailure if the arguments of a call are no JSON */
    static void write(ArrayNode messages, Prompt.Chat chat) {
        chat.messages().forEach(message -> write(messages.addObject(), message));
    }

    private static void write(ObjectNode written, Message message) {
        written.put("role", message.role()).put("content", message.content());
        if (!message.thinking().isEmpty()) {
            written.put("thinking", message.thinking());
        }
        if (!message.images().isEmpty()) {
            ArrayNode images = written.putArray("images");
            message.images().forEach(image -> images.add(Base64.getEncoder().encodeToString(image.data())));
        }
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = written.putArray("tool_calls");
            message.toolCalls().forEach(call -> write(calls.addObject(), call, calls.size() - 1));
        }
        if (!message.toolName().isEmpty()) {
            written.put("tool_name", message.toolName());
        }
        if (!message.toolCallId().isEmpty()) {
            written.put("tool_call_id", message.toolCallId());
        }
    }

    private static void write(ObjectNode written, ToolCall call, int index) {
        if (!call.id().isEmpty()) {
            written.put("id", call.id());
        }
        written.putObject("function")
                .put("index", index)
                .put("name", call.name())
                .set("arguments", Json.given("the arguments of a call of " + call.name(), call.argumentsJson()));
    }
}
