package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Writes a conversation. The wire wants an id for every tool call, so calls without one are numbered. */
final class MessageWriter {
    private final ArrayNode messages = Json.MAPPER.createArrayNode();
    private final List<ToolCall> unanswered = new ArrayList<>();
    private int numbered;

    private MessageWriter() {}

    static ArrayNode write(Prompt.Chat chat) {
        MessageWriter writer = new MessageWriter();
        chat.messages().forEach(writer::add);
        return writer.messages;
    }

    private void add(Message message) {
        ObjectNode written = messages.addObject().put("role", message.role());
        if (!message.images().isEmpty()) {
            parts(written.putArray("content"), message);
        } else if (message.content().isEmpty() && !message.toolCalls().isEmpty()) {
            written.putNull("content");
        } else {
            written.put("content", message.content());
        }
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = written.putArray("tool_calls");
            message.toolCalls().forEach(call -> add(calls, call));
        }
        if (message.role().equals("tool")) {
            written.put("tool_call_id", answeredId(message));
        }
    }

    private static void parts(ArrayNode parts, Message message) {
        if (!message.content().isEmpty()) {
            parts.addObject().put("type", "text").put("text", message.content());
        }
        for (Image image : message.images()) {
            parts.addObject().put("type", "image_url").putObject("image_url").put("url", DataUrl.of(image));
        }
    }

    private void add(ArrayNode calls, ToolCall call) {
        String id = call.id().isEmpty() ? "call_" + numbered++ : call.id();
        unanswered.add(new ToolCall(id, call.name(), call.argumentsJson()));
        calls.addObject()
                .put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", call.argumentsJson());
    }

    /** The call that a tool's message answers: by its id, else the first open one of that tool, else the first open one. */
    private String answeredId(Message message) {
        if (!message.toolCallId().isEmpty()) {
            unanswered.removeIf(call -> call.id().equals(message.toolCallId()));
            return message.toolCallId();
        }
        for (ToolCall call : unanswered) {
            if (call.name().equals(message.toolName())) {
                unanswered.remove(call);
                return call.id();
            }
        }
        return unanswered.isEmpty()
                ? "call_" + numbered++
                : unanswered.removeFirst().id();
    }
}
