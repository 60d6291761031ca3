package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code system} and {@code messages}. */
final class MessageReader {
    /** The names of the tools that were called, by the calls' ids. */
    private final Map<String, String> toolNames = new HashMap<>();

    private final List<Message> messages = new ArrayList<>();

    private MessageReader() {}

    /** The whole conversation. */
    static List<Message> messages(JsonObject request) {
        MessageReader reader = new MessageReader();
        reader.system(request);
        int index = 0;
        for (JsonObject message : request.objects("messages")) {
            reader.message(message, "messages[" + index + "]");
            index++;
        }
        return List.copyOf(reader.messages);
    }

    private void system(JsonObject request) {
        StringBuilder text = new StringBuilder();
        if (isText(request, "system")) {
            text.append(request.text("system"));
        } else {
            int index = 0;
            for (JsonObject block : request.objects("system")) {
                if (!block.text("type").equals("text")) {
                    throw unsupported("system[" + index + "]", block);
                }
                text.append(block.text("text"));
                index++;
            }
        }
        if (!text.isEmpty()) {
            messages.add(Message.of("system", text.toString()));
        }
    }

    private void message(JsonObject message, String where) {
        String role = message.text("role").toLowerCase(Locale.ROOT);
        if (!role.equals("user") && !role.equals("assistant") && !role.equals("system")) {
            throw HttpProblem.badRequest(where + ".role must be \"user\", \"assistant\" or \"system\"");
        }
        if (isText(message, "content")) {
            messages.add(Message.of(role, message.text("content")));
            return;
        }
        if (!message.has("content")) {
            throw HttpProblem.badRequest(where + ".content is required");
        }
        Turn turn = new Turn(role, toolNames);
        int index = 0;
        for (JsonObject block : message.objects("content")) {
            turn.add(block, where + ".content[" + index + "]");
            index++;
        }
        messages.addAll(turn.messages());
    }

    static boolean isText(JsonObject owner, String name) {
        return owner.find(name).filter(JsonNode::isTextual).isPresent();
    }

    static HttpProblem unsupported(String where, JsonObject block) {
        return HttpProblem.badRequest(where + ": content block type \"" + block.text("type") + "\" is not supported");
    }
}
