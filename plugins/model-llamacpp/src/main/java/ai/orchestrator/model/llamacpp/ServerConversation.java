package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Locale;

/** Puts what the template makes a prompt of into {@code llama-server}'s terms. */
final class ServerConversation {
    private ServerConversation() {}

    static ObjectNode of(Question question) {
        ObjectNode body = ServerClient.JSON.createObjectNode();
        ArrayNode messages = body.putArray("messages");
        ((Prompt.Chat) question.request().prompt()).messages().forEach(message -> add(messages.addObject(), message));
        if (!question.request().tools().isEmpty()) {
            tools(body, question);
        }
        if (question.model().facts().thinks()) {
            Thinking thinking =
                    question.mustCall() ? Thinking.OFF : question.request().thinking();
            thinking(body.putObject("chat_template_kwargs"), thinking);
        }
        return body;
    }

    private static void add(ObjectNode written, Message message) {
        written.put("role", message.role());
        if (message.images().isEmpty()) {
            written.put("content", message.content());
        } else {
            parts(written.putArray("content"), message);
        }
        if (!message.thinking().isEmpty()) {
            written.put("reasoning_content", message.thinking());
        }
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = written.putArray("tool_calls");
            message.toolCalls().forEach(call -> add(calls.addObject(), call));
        }
        if (!message.toolCallId().isEmpty()) {
            written.put("tool_call_id", message.toolCallId());
        }
        if (!message.toolName().isEmpty()) {
            written.put("name", message.toolName());
        }
    }

    private static void add(ObjectNode written, ToolCall call) {
        written.put("id", call.id()).put("type", "function");
        written.putObject("function").put("name", call.name()).put("arguments", call.argumentsJson());
    }

    private static void parts(ArrayNode parts, Message message) {
        for (Image image : message.images()) {
            // whatever is in it shows the server by its first bytes
            String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(image.data());
            parts.addObject().put("type", "image_url").putObject("image_url").put("url", url);
        }
        if (!message.content().isEmpty()) {
            parts.addObject().put("type", "text").put("text", message.content());
        }
    }

    private static void tools(ObjectNode body, Question question) {
        ArrayNode tools = body.putArray("tools");
        for (ToolDefinition tool : question.callable()) {
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            function.put("name", tool.name()).put("description", tool.description());
            function.set("parameters", Schemas.ofTool(tool));
        }
        // a call that has to be made is seen to by a grammar
        if (question.request().toolChoice().mode() == ToolChoice.Mode.NONE) {
            body.put("tool_choice", "none");
        }
    }

    private static void thinking(ObjectNode kwargs, Thinking thinking) {
        switch (thinking) {
            case UNSET -> {}
            case OFF -> kwargs.put("enable_thinking", false);
            case ON -> kwargs.put("enable_thinking", true);
            case LOW, MEDIUM, HIGH ->
                kwargs.put("enable_thinking", true)
                        .put("reasoning_effort", thinking.name().toLowerCase(Locale.ROOT));
            case MAX -> kwargs.put("enable_thinking", true).put("reasoning_effort", "high");
        }
    }
}
