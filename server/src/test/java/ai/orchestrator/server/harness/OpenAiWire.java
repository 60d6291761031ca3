package ai.orchestrator.server.harness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Asks as OpenAI's chat completions and completions have them. */
final class OpenAiWire {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OpenAiWire() {}

    static Optional<ObjectNode> chat(Ask ask) {
        if (ask.think().equals("on") || ask.sampling().topK().isPresent()) {
            return Optional.empty();
        }
        ObjectNode body = NODES.objectNode().put("model", ask.model());
        ArrayNode messages = body.putArray("messages");
        if (!ask.system().isEmpty()) {
            messages.addObject().put("role", "system").put("content", ask.system());
        }
        for (Ask.Turn turn : ask.turns()) {
            ObjectNode message = messages.addObject();
            switch (turn) {
                case Ask.Turn.User user -> user(message, user);
                case Ask.Turn.Assistant assistant -> assistant(message, assistant);
                case Ask.Turn.Result result ->
                    message.put("role", "tool")
                            .put("tool_call_id", ask.callOf(result).id())
                            .put("content", result.text());
            }
        }
        tools(body, ask);
        ask.schema().ifPresent(schema -> body.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "answer")
                .set("schema", schema));
        if (!ask.think().isEmpty()) {
            body.put("reasoning_effort", ask.think().equals("off") ? "none" : ask.think());
        }
        ask.logprobs().ifPresent(top -> body.put("logprobs", true).put("top_logprobs", top));
        return Optional.of(shared(body, ask));
    }

    static Optional<ObjectNode> text(Ask ask) {
        boolean plain = ask.system().isEmpty()
                && ask.schema().isEmpty()
                && ask.tools().isEmpty()
                && ask.think().isEmpty()
                && ask.sampling().topK().isEmpty();
        return ask.onlyQuestion()
                .filter(user -> plain && user.pictures().isEmpty())
                .map(user -> {
                    ObjectNode body =
                            NODES.objectNode().put("model", ask.model()).put("prompt", user.text());
                    ask.logprobs().ifPresent(top -> body.put("logprobs", top));
                    return shared(body, ask);
                });
    }

    private static void user(ObjectNode message, Ask.Turn.User user) {
        message.put("role", "user");
        if (user.pictures().isEmpty()) {
            message.put("content", user.text());
            return;
        }
        ArrayNode parts = message.putArray("content");
        parts.addObject().put("type", "text").put("text", user.text());
        user.pictures().forEach(picture -> parts.addObject()
                .put("type", "image_url")
                .putObject("image_url")
                .put("url", "data:image/png;base64," + picture.base64()));
    }

    private static void assistant(ObjectNode message, Ask.Turn.Assistant assistant) {
        message.put("role", "assistant").put("content", assistant.text());
        if (!assistant.thinking().isEmpty()) {
            message.put("reasoning", assistant.thinking());
        }
        for (Ask.Call call : assistant.calls()) {
            message.withArray("tool_calls")
                    .addObject()
                    .put("id", call.id())
                    .put("type", "function")
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments().toString());
        }
    }

    private static void tools(ObjectNode body, Ask ask) {
        for (Ask.Tool tool : ask.tools()) {
            body.withArray("tools")
                    .addObject()
                    .put("type", "function")
                    .putObject("function")
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("parameters", tool.parameters());
        }
        switch (ask.choice()) {
            case "auto" -> {}
            case "none", "required" -> body.put("tool_choice", ask.choice());
            default ->
                body.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", ask.choice());
        }
    }

    private static ObjectNode shared(ObjectNode body, Ask ask) {
        Ask.Sampling sampling = ask.sampling();
        body.put("temperature", sampling.temperature())
                .put("top_p", sampling.topP())
                .put("max_tokens", sampling.maxTokens());
        sampling.stop().forEach(text -> body.withArray("stop").add(text));
        sampling.seed().ifPresent(seed -> body.put("seed", seed));
        sampling.presencePenalty().ifPresent(penalty -> body.put("presence_penalty", penalty));
        sampling.frequencyPenalty().ifPresent(penalty -> body.put("frequency_penalty", penalty));
        ask.unknown().forEach(body::set);
        return body;
    }
}
