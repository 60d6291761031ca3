package ai.orchestrator.server.harness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Asks as Ollama's own API has them. */
final class OllamaWire {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OllamaWire() {}

    static Optional<ObjectNode> chat(Ask ask) {
        if (!ask.choice().equals("auto")) {
            return Optional.empty();
        }
        ObjectNode body = NODES.objectNode().put("model", ask.model()).put("stream", false);
        ArrayNode messages = body.putArray("messages");
        if (!ask.system().isEmpty()) {
            messages.addObject().put("role", "system").put("content", ask.system());
        }
        for (Ask.Turn turn : ask.turns()) {
            ObjectNode message = messages.addObject();
            switch (turn) {
                case Ask.Turn.User user -> {
                    message.put("role", "user").put("content", user.text());
                    images(message, user);
                }
                case Ask.Turn.Assistant assistant -> assistant(message, assistant);
                case Ask.Turn.Result result ->
                    message.put("role", "tool")
                            .put("tool_name", ask.callOf(result).name())
                            .put("tool_call_id", ask.callOf(result).id())
                            .put("content", result.text());
            }
        }
        tools(body, ask);
        return Optional.of(shared(body, ask));
    }

    static Optional<ObjectNode> generate(Ask ask) {
        if (!ask.tools().isEmpty()) {
            return Optional.empty();
        }
        return ask.onlyQuestion().map(user -> {
            ObjectNode body = NODES.objectNode()
                    .put("model", ask.model())
                    .put("prompt", user.text())
                    .put("stream", false);
            if (!ask.system().isEmpty()) {
                body.put("system", ask.system());
            }
            images(body, user);
            return shared(body, ask);
        });
    }

    private static void images(ObjectNode owner, Ask.Turn.User user) {
        if (!user.pictures().isEmpty()) {
            ArrayNode images = owner.putArray("images");
            user.pictures().forEach(picture -> images.add(picture.base64()));
        }
    }

    private static void assistant(ObjectNode message, Ask.Turn.Assistant assistant) {
        message.put("role", "assistant").put("content", assistant.text());
        if (!assistant.thinking().isEmpty()) {
            message.put("thinking", assistant.thinking());
        }
        for (Ask.Call call : assistant.calls()) {
            message.withArray("tool_calls")
                    .addObject()
                    .put("id", call.id())
                    .putObject("function")
                    .put("name", call.name())
                    .set("arguments", call.arguments());
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
    }

    private static ObjectNode shared(ObjectNode body, Ask ask) {
        Ask.Sampling sampling = ask.sampling();
        ObjectNode options = body.putObject("options")
                .put("temperature", sampling.temperature())
                .put("top_p", sampling.topP())
                .put("num_predict", sampling.maxTokens());
        sampling.stop().forEach(text -> options.withArray("stop").add(text));
        sampling.seed().ifPresent(seed -> options.put("seed", seed));
        sampling.topK().ifPresent(k -> options.put("top_k", k));
        sampling.presencePenalty().ifPresent(penalty -> options.put("presence_penalty", penalty));
        sampling.frequencyPenalty().ifPresent(penalty -> options.put("frequency_penalty", penalty));
        ask.schema().ifPresent(schema -> body.set("format", schema));
        switch (ask.think()) {
            case "" -> {}
            case "on", "off" -> body.put("think", ask.think().equals("on"));
            default -> body.put("think", ask.think());
        }
        ask.logprobs().ifPresent(top -> body.put("logprobs", true).put("top_logprobs", top));
        ask.unknown().forEach(body::set);
        return body;
    }
}
