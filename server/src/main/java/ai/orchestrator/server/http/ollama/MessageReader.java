package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Reads the turns of a conversation as Ollama's chat has them. */
public final class MessageReader {
    private MessageReader() {}

    /** The request's {@code messages}; none if absent. */
    public static List<Message> messages(JsonObject request) {
        List<Message> messages = new ArrayList<>();
        for (JsonObject message : request.objects("messages")) {
            messages.add(new Message(
                    message.text("role").toLowerCase(Locale.ROOT),
                    message.text("content"),
                    message.text("thinking"),
                    images(message),
                    toolCalls(message),
                    message.text("tool_name"),
                    message.text("tool_call_id")));
        }
        return messages;
    }

    static List<Image> images(JsonObject owner) {
        List<String> encoded = owner.texts("images");
        if (encoded.isEmpty()) {
            return List.of();
        }
        List<Image> images = new ArrayList<>(encoded.size());
        for (String text : encoded) {
            images.add(new Image(decode(text)));
        }
        return images;
    }

    private static byte[] decode(String base64) {
        String text = base64.indexOf('\n') < 0 && base64.indexOf('\r') < 0 ? base64 : base64.replaceAll("[\r\n]", "");
        try {
            if (text.length() % 4 == 0) {
                return Base64.getDecoder().decode(text);
            }
        } catch (IllegalArgumentException ignored) {
            // told below where it goes wrong
        }
        int at = 0;
        while (at < text.length() && isBase64(text.charAt(at))) {
            at++;
        }
        throw HttpProblem.badRequest("illegal base64 data at input byte " + at);
    }

    private static boolean isBase64(char c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || c == '+' || c == '/';
    }

    private static List<ToolCall> toolCalls(JsonObject message) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonObject call : message.objects("tool_calls")) {
            JsonObject function = call.object("function");
            function.object("arguments");
            String arguments = function.json("arguments").orElse("{}");
            calls.add(new ToolCall(call.text("id"), function.text("name"), arguments));
        }
        return calls;
    }
}
