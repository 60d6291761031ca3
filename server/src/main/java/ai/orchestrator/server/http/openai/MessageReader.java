package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.ExactJson;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the turns of a conversation as OpenAI's chat has them, into the same messages that the native surface makes of its own. */
final class MessageReader {
    private static final String BETWEEN_PARTS = "\n\n";

    private MessageReader() {}

    /**
     * The request's {@code messages}.
     *
     * @throws HttpProblem if there are none, or one is not as it should be
     */
    static List<Message> messages(JsonObject request) {
        List<JsonObject> sent = request.objects("messages");
        if (sent.isEmpty()) {
            throw HttpProblem.badRequest("[] is too short - 'messages'");
        }
        List<Message> messages = new ArrayList<>(sent.size());
        for (JsonObject message : sent) {
            messages.add(message(message, sent));
        }
        return messages;
    }

    private static Message message(JsonObject message, List<JsonObject> all) {
        String role = role(message);
        StringBuilder text = new StringBuilder();
        List<Image> images = new ArrayList<>();
        JsonNode content = message.find("content").orElse(null);
        if (content == null) {
            if (!message.has("tool_calls")) {
                throw badContent(GoType.NOTHING);
            }
        } else if (content.isTextual()) {
            text.append(message.text("content"));
        } else if (content.isArray()) {
            parts(content, text, images);
        } else {
            throw badContent(GoType.of(content));
        }
        String toolName = role.equals("tool") ? toolName(message, all) : "";
        return new Message(
                role,
                text.toString(),
                message.text("reasoning"),
                images,
                toolCalls(message),
                toolName,
                message.text("tool_call_id"));
    }

    /** What OpenAI has come to call {@code developer} is what templates know as {@code system}. */
    private static String role(JsonObject message) {
        String role = message.text("role").toLowerCase(Locale.ROOT);
        return role.equals("developer") ? "system" : role;
    }

    private static void parts(JsonNode content, StringBuilder text, List<Image> images) {
        for (JsonNode part : content) {
            switch (part.path("type").asText()) {
                case "text" -> {
                    text.append(text.isEmpty() ? "" : BETWEEN_PARTS).append(textOf(part.path("text")));
                }
                case "image_url" -> {
                    JsonNode url = part.path("image_url");
                    images.add(ImageUrl.read(textOf(url.isObject() ? url.path("url") : url)));
                }
                case "input_audio" ->
                    throw HttpProblem.badRequest("input_audio is not supported: no model of this server listens");
                default -> throw badFormat();
            }
        }
    }

    private static String textOf(JsonNode node) {
        if (!node.isTextual()) {
            throw badFormat();
        }
        return Surrogates.repair(node.textValue());
    }

    private static List<ToolCall> toolCalls(JsonObject message) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonObject call : message.objects("tool_calls")) {
            JsonObject function = call.object("function");
            calls.add(new ToolCall(call.text("id"), function.text("name"), arguments(function)));
        }
        return calls;
    }

    /** A JSON object in a text; clients send an empty text for a call without arguments. */
    private static String arguments(JsonObject function) {
        String text = function.text("arguments");
        if (text.isEmpty()) {
            return "{}";
        }
        try {
            JsonNode arguments = ExactJson.read(text);
            if (arguments.isObject()) {
                return Surrogates.repair(arguments.toString());
            }
        } catch (JsonProcessingException ignored) {
            // told below
        }
        throw HttpProblem.badRequest("invalid tool call arguments");
    }

    /** The tool that a result is of: as the message says, or else as the call said that it answers, the last of that id. */
    private static String toolName(JsonObject message, List<JsonObject> all) {
        String name = message.text("name");
        String id = message.text("tool_call_id");
        if (!name.isEmpty() || id.isEmpty()) {
            return name;
        }
        for (JsonObject earlier : all.reversed()) {
            for (JsonObject call : earlier.objects("tool_calls")) {
                if (call.text("id").equals(id)) {
                    return call.object("function").text("name");
                }
            }
        }
        return "";
    }

    private static HttpProblem badContent(String type) {
        return HttpProblem.badRequest("invalid message content type: " + type);
    }

    private static HttpProblem badFormat() {
        return HttpProblem.badRequest("invalid message format");
    }
}
