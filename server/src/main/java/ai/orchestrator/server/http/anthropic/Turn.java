package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The blocks of one message, gathered into the turns that a chat template knows. */
final class Turn {
    private final String role;
    private final Map<String, String> toolNames;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<Image> images = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private final List<Message> results = new ArrayList<>();

    /** @param toolNames the tools that earlier turns called, by the calls' ids; those of this turn are added */
    Turn(String role, Map<String, String> toolNames) {
        this.role = role;
        this.toolNames = toolNames;
    }

    void add(JsonObject block, String where) {
        switch (block.text("type")) {
            case "text" -> text.append(block.text("text"));
            case "image" -> images.add(image(block));
            case "document" -> text.append(document(block, where));
            case "thinking" -> thinking.append(block.text("thinking"));
            // only who wrote it can read it
            case "redacted_thinking" -> {}
            case "tool_use", "server_tool_use" -> call(block, where);
            case "tool_result" -> result(block, where);
            case "web_search_tool_result" -> results.add(result(block, SearchHistory.text(block), List.of()));
            default -> throw MessageReader.unsupported(where, block);
        }
    }

    /** Results answer the turn before, so they come first in the user's. */
    List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        boolean empty = text.isEmpty() && thinking.isEmpty() && images.isEmpty() && calls.isEmpty();
        if (!empty) {
            messages.add(new Message(role, text.toString(), thinking.toString(), images, calls, "", ""));
        }
        messages.addAll(role.equals("user") ? 0 : messages.size(), results);
        return messages;
    }

    private void call(JsonObject block, String where) {
        String id = block.text("id");
        String name = block.text("name");
        if (id.isEmpty() || name.isEmpty()) {
            throw HttpProblem.badRequest(where + ": " + block.text("type") + " block missing required '"
                    + (id.isEmpty() ? "id" : "name") + "' field");
        }
        block.object("input");
        toolNames.put(id, name);
        calls.add(new ToolCall(id, name, block.json("input").orElse("{}")));
    }

    private void result(JsonObject block, String where) {
        if (!block.has("content") || MessageReader.isText(block, "content")) {
            results.add(result(block, block.text("content"), List.of()));
            return;
        }
        StringBuilder content = new StringBuilder();
        List<Image> pictures = new ArrayList<>();
        int index = 0;
        for (JsonObject part : block.objects("content")) {
            switch (part.text("type")) {
                case "text" -> content.append(part.text("text"));
                case "document" -> content.append(document(part, where + ".content[" + index + "]"));
                case "image" -> pictures.add(image(part));
                default -> throw MessageReader.unsupported(where + ".content[" + index + "]", part);
            }
            index++;
        }
        results.add(result(block, content.toString(), pictures));
    }

    private Message result(JsonObject block, String content, List<Image> pictures) {
        String call = block.text("tool_use_id");
        return new Message("tool", content, "", pictures, List.of(), toolNames.getOrDefault(call, ""), call);
    }

    /** A text that the client sends along, with a line between it and what follows. */
    private static String document(JsonObject block, String where) {
        JsonObject source = block.object("source");
        if (!source.text("type").equals("text")) {
            throw HttpProblem.badRequest(
                    where + ": document source type \"" + source.text("type") + "\" is not supported, only \"text\"");
        }
        String title = block.text("title");
        return (title.isEmpty() ? "" : title + "\n\n") + source.text("data") + "\n\n";
    }

    private static Image image(JsonObject block) {
        JsonObject source = block.object("source");
        String type = source.text("type");
        if (!type.equals("base64")) {
            throw HttpProblem.badRequest("invalid image source type: " + type + ". Only base64 images are supported.");
        }
        try {
            return new Image(Base64.getMimeDecoder().decode(checked(source.text("data"))));
        } catch (IllegalArgumentException e) {
            throw HttpProblem.badRequest("invalid base64 image data");
        }
    }

    private static String checked(String base64) {
        for (int i = 0; i < base64.length(); i++) {
            char c = base64.charAt(i);
            boolean known = c < 0x80 && (Character.isLetterOrDigit(c) || "+/=\r\n".indexOf(c) >= 0);
            if (!known) {
                throw new IllegalArgumentException("not base64");
            }
        }
        if (base64.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return base64;
    }
}
