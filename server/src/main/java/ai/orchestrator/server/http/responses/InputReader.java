package ai.orchestrator.server.http.responses;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.CallArguments;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code instructions} and {@code input}. */
final class InputReader {
    private final Conversation conversation = new Conversation();

    /** The names of the functions that were called, by the calls' ids. */
    private final Map<String, String> called = new HashMap<>();

    private InputReader() {}

    /** The whole conversation; never empty. */
    static List<Message> messages(JsonObject request) {
        InputReader reader = new InputReader();
        reader.conversation.say(Message.of("system", request.text("instructions")));
        JsonNode input = request.find("input").orElse(null);
        if (input != null && input.isTextual()) {
            reader.conversation.say(Message.of("user", request.text("input")));
        } else {
            int index = 0;
            for (JsonObject item : request.objects("input")) {
                reader.item(item, "input[" + index + "]: ");
                index++;
            }
        }
        List<Message> messages = reader.conversation.messages();
        if (messages.stream().allMatch(message -> message.role().equals("system"))) {
            throw HttpProblem.badRequest("input is required");
        }
        return messages;
    }

    private void item(JsonObject item, String where) {
        String type = item.text("type").isEmpty() && item.has("role") ? "message" : item.text("type");
        switch (type) {
            case "message" -> message(item, where);
            case "function_call" -> call(item, where);
            case "function_call_output" -> output(item, where);
            case "reasoning" -> conversation.think(thinking(item));
            // what it found is in the answer that followed it
            case "web_search_call" -> {}
            case "item_reference" ->
                throw HttpProblem.badRequest(
                        where + "an item_reference is not supported: this server keeps no responses, so"
                                + " send the items themselves, as clients do with 'store' set to false");
            case "" -> throw HttpProblem.badRequest(where + "input item missing required 'type' field");
            default -> throw HttpProblem.badRequest(where + "unknown input item type: \"" + type + "\"");
        }
    }

    private void message(JsonObject item, String where) {
        String given = item.text("role");
        String role =
                switch (given) {
                    case "user", "assistant", "system" -> given;
                    case "developer" -> "system";
                    default ->
                        throw HttpProblem.badRequest(
                                where + "role must be \"user\", \"assistant\", \"system\" or \"developer\"");
                };
        Content content = Content.of(item, "content", where);
        conversation.say(new Message(role, content.text(), "", content.images(), List.of(), "", ""));
    }

    private void call(JsonObject item, String where) {
        String id = item.text("call_id");
        String name = new ToolName(item.text("namespace"), item.text("name")).flat();
        String arguments = item.text("arguments").isBlank() ? "{}" : item.text("arguments");
        ToolCall call = new ToolCall(id, name, arguments);
        try {
            CallArguments.of(call);
        } catch (PluginFailure e) {
            throw HttpProblem.badRequest(where + "function call arguments must be a JSON object");
        }
        called.put(id, name);
        conversation.call(call);
    }

    private void output(JsonObject item, String where) {
        String id = item.text("call_id");
        Content content = Content.of(item, "output", where);
        conversation.say(
                new Message("tool", content.text(), "", content.images(), List.of(), called.getOrDefault(id, ""), id));
    }

    private static String thinking(JsonObject item) {
        String encrypted = item.text("encrypted_content");
        if (!encrypted.isEmpty()) {
            return encrypted;
        }
        StringBuilder text = new StringBuilder();
        for (String name : List.of("summary", "content")) {
            item.objects(name).forEach(part -> text.append(part.text("text")));
        }
        return text.toString();
    }
}
