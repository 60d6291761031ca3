package ai.orchestrator.server.harness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Asks as Anthropic's messages have them. */
final class AnthropicWire {
    private AnthropicWire() {}

    static Optional<ObjectNode> messages(Ask ask) {
        Ask.Sampling sampling = ask.sampling();
        boolean sayable = sampling.seed().isEmpty()
                && sampling.presencePenalty().isEmpty()
                && sampling.frequencyPenalty().isEmpty()
                && ask.logprobs().isEmpty();
        if (!sayable) {
            return Optional.empty();
        }
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("model", ask.model())
                .put("max_tokens", sampling.maxTokens())
                .put("temperature", sampling.temperature())
                .put("top_p", sampling.topP());
        sampling.topK().ifPresent(k -> body.put("top_k", k));
        sampling.stop().forEach(text -> body.withArray("stop_sequences").add(text));
        if (!ask.system().isEmpty()) {
            body.put("system", ask.system());
        }
        ArrayNode messages = body.putArray("messages");
        ask.turns().forEach(turn -> message(messages, ask, turn));
        tools(body, ask);
        ask.schema().ifPresent(schema -> body.withObjectProperty("output_config")
                .putObject("format")
                .put("type", "json_schema")
                .set("schema", schema));
        switch (ask.think()) {
            case "" -> {}
            case "on" -> body.putObject("thinking").put("type", "enabled").put("budget_tokens", 1024);
            case "off" -> body.putObject("thinking").put("type", "disabled");
            default -> body.withObjectProperty("output_config").put("effort", ask.think());
        }
        ask.unknown().forEach(body::set);
        return Optional.of(body);
    }

    private static void message(ArrayNode messages, Ask ask, Ask.Turn turn) {
        ObjectNode message = messages.addObject();
        ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
        switch (turn) {
            case Ask.Turn.User user -> {
                message.put("role", "user");
                blocks.addObject().put("type", "text").put("text", user.text());
                user.pictures().forEach(picture -> blocks.addObject()
                        .put("type", "image")
                        .putObject("source")
                        .put("type", "base64")
                        .put("media_type", "image/png")
                        .put("data", picture.base64()));
            }
            case Ask.Turn.Assistant assistant -> {
                message.put("role", "assistant");
                if (!assistant.thinking().isEmpty()) {
                    blocks.addObject()
                            .put("type", "thinking")
                            .put("thinking", assistant.thinking())
                            .put("signature", "");
                }
                blocks.addObject().put("type", "text").put("text", assistant.text());
                assistant.calls().forEach(call -> blocks.addObject()
                        .put("type", "tool_use")
                        .put("id", call.id())
                        .put("name", call.name())
                        .set("input", call.arguments()));
            }
            case Ask.Turn.Result result -> {
                message.put("role", "user");
                blocks.addObject()
                        .put("type", "tool_result")
                        .put("tool_use_id", ask.callOf(result).id())
                        .put("content", result.text());
            }
        }
        message.set("content", blocks);
    }

    private static void tools(ObjectNode body, Ask ask) {
        for (Ask.Tool tool : ask.tools()) {
            body.withArray("tools")
                    .addObject()
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("input_schema", tool.parameters());
        }
        switch (ask.choice()) {
            case "auto" -> {}
            case "none" -> body.putObject("tool_choice").put("type", "none");
            case "required" -> body.putObject("tool_choice").put("type", "any");
            default -> body.putObject("tool_choice").put("type", "tool").put("name", ask.choice());
        }
    }
}
