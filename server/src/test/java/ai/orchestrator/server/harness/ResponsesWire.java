package ai.orchestrator.server.harness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Asks as OpenAI's responses have them. */
final class ResponsesWire {
    private ResponsesWire() {}

    static Optional<ObjectNode> responses(Ask ask) {
        Ask.Sampling sampling = ask.sampling();
        boolean sayable = sampling.stop().isEmpty()
                && sampling.seed().isEmpty()
                && sampling.topK().isEmpty()
                && sampling.presencePenalty().isEmpty()
                && sampling.frequencyPenalty().isEmpty()
                && !ask.think().equals("on");
        if (!sayable) {
            return Optional.empty();
        }
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("model", ask.model())
                .put("temperature", sampling.temperature())
                .put("top_p", sampling.topP())
                .put("max_output_tokens", sampling.maxTokens());
        if (!ask.system().isEmpty()) {
            body.put("instructions", ask.system());
        }
        ArrayNode input = body.putArray("input");
        ask.turns().forEach(turn -> item(input, ask, turn));
        tools(body, ask);
        ask.schema().ifPresent(schema -> body.putObject("text")
                .putObject("format")
                .put("type", "json_schema")
                .put("name", "answer")
                .set("schema", schema));
        if (!ask.think().isEmpty()) {
            body.putObject("reasoning").put("effort", ask.think().equals("off") ? "none" : ask.think());
        }
        ask.logprobs().ifPresent(top -> {
            body.put("top_logprobs", top);
            body.putArray("include").add("message.output_text.logprobs");
        });
        ask.unknown().forEach(body::set);
        return Optional.of(body);
    }

    private static void item(ArrayNode input, Ask ask, Ask.Turn turn) {
        switch (turn) {
            case Ask.Turn.User user -> {
                ArrayNode parts = input.addObject().put("role", "user").putArray("content");
                parts.addObject().put("type", "input_text").put("text", user.text());
                user.pictures().forEach(picture -> parts.addObject()
                        .put("type", "input_image")
                        .put("image_url", "data:image/png;base64," + picture.base64()));
            }
            case Ask.Turn.Assistant assistant -> {
                if (!assistant.thinking().isEmpty()) {
                    input.addObject()
                            .put("type", "reasoning")
                            .putArray("summary")
                            .addObject()
                            .put("type", "summary_text")
                            .put("text", assistant.thinking());
                }
                input.addObject().put("role", "assistant").put("content", assistant.text());
                assistant.calls().forEach(call -> input.addObject()
                        .put("type", "function_call")
                        .put("call_id", call.id())
                        .put("name", call.name())
                        .put("arguments", call.arguments().toString()));
            }
            case Ask.Turn.Result result ->
                input.addObject()
                        .put("type", "function_call_output")
                        .put("call_id", ask.callOf(result).id())
                        .put("output", result.text());
        }
    }

    private static void tools(ObjectNode body, Ask ask) {
        for (Ask.Tool tool : ask.tools()) {
            body.withArray("tools")
                    .addObject()
                    .put("type", "function")
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("parameters", tool.parameters());
        }
        switch (ask.choice()) {
            case "auto" -> {}
            case "none", "required" -> body.put("tool_choice", ask.choice());
            default -> body.putObject("tool_choice").put("type", "function").put("name", ask.choice());
        }
    }
}
