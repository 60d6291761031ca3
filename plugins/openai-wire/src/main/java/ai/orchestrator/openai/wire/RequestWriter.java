package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the body of a chat request; the same request gives the same bytes. */
final class RequestWriter {
    /** What is passed on by its own name; nothing that could choose another model or buy something more. */
    private static final Set<String> PASSED_ON = Set.of("logit_bias", "parallel_tool_calls", "top_a", "verbosity");

    private final ChatDialect dialect;

    RequestWriter(ChatDialect dialect) {
        this.dialect = dialect;
    }

    /** @throws PluginFailure if the request has what this wire cannot say, or JSON in it is none */
    byte[] write(ModelRequest request, String model) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("model", model);
        body.set("messages", MessageWriter.write(messages(request.prompt())));
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        options(body, request.options());
        format(body, request.format());
        tools(body, request);
        effort(request.thinking()).ifPresent(effort -> body.put("reasoning_effort", effort));
        body.setAll((ObjectNode) Json.MAPPER.valueToTree(dialect.extra()));
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new PluginFailure.Permanent(FailureCode.INTERNAL, "the request cannot be written as JSON", e);
        }
    }

    private static Prompt.Chat messages(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Chat chat -> chat;
            case Prompt.Raw raw -> throw unsupported("raw prompts");
            case Prompt.Insert insert -> throw unsupported("filling in between a prefix and a suffix");
        };
    }

    private static PluginFailure unsupported(String what) {
        return new PluginFailure.Permanent(FailureCode.UNSUPPORTED, "this model takes chats only, not " + what);
    }

    private void options(ObjectNode body, SamplingOptions options) {
        options.numPredict()
                .filter(limit -> limit > 0)
                .ifPresent(limit -> body.put(dialect.tokenLimit().member(), limit));
        options.temperature().ifPresent(value -> body.put("temperature", value));
        options.topP().ifPresent(value -> body.put("top_p", value));
        options.topK().ifPresent(value -> body.put("top_k", value));
        options.minP().ifPresent(value -> body.put("min_p", value));
        options.repeatPenalty().ifPresent(value -> body.put("repetition_penalty", value));
        options.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
        options.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
        options.seed().filter(seed -> seed >= 0).ifPresent(seed -> body.put("seed", seed));
        if (!options.stop().isEmpty()) {
            ArrayNode stop = body.putArray("stop");
            options.stop().forEach(stop::add);
        }
        PASSED_ON.stream()
                .sorted()
                .filter(options.other()::containsKey)
                .forEach(name -> body.set(
                        name, json("the option " + name, options.other().get(name))));
    }

    private static void format(ObjectNode body, ResponseFormat format) {
        switch (format) {
            case ResponseFormat.Text text -> {}
            case ResponseFormat.Json json -> body.putObject("response_format").put("type", "json_object");
            case ResponseFormat.JsonSchema(String schema) -> {
                JsonNode tree = json("the JSON schema of the answer", schema);
                ObjectNode described = body.putObject("response_format")
                        .put("type", "json_schema")
                        .putObject("json_schema")
                        .put("name", "answer")
                        .put("strict", StrictSchema.fits(tree));
                described.set("schema", tree);
            }
        }
    }

    private static void tools(ObjectNode body, ModelRequest request) {
        if (request.tools().isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        for (ToolDefinition tool : request.tools()) {
            ObjectNode function = tools.addObject()
                    .put("type", "function")
                    .putObject("function")
                    .put("name", tool.name());
            if (!tool.description().isEmpty()) {
                function.put("description", tool.description());
            }
            if (!tool.parametersJson().isBlank()) {
                function.set("parameters", json("the parameters of the tool " + tool.name(), tool.parametersJson()));
            }
        }
        ToolChoice choice = request.toolChoice();
        switch (choice.mode()) {
            case AUTO -> {}
            case NONE -> body.put("tool_choice", "none");
            case REQUIRED -> body.put("tool_choice", "required");
            case NAMED ->
                body.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", choice.tool());
        }
    }

    private static Optional<String> effort(Thinking thinking) {
        return switch (thinking) {
            case UNSET -> Optional.empty();
            case OFF -> Optional.of("none");
            case LOW -> Optional.of("low");
            case ON, MEDIUM -> Optional.of("medium");
            case HIGH -> Optional.of("high");
            case MAX -> Optional.of("xhigh");
        };
    }

    private static JsonNode json(String what, @Nullable String text) {
        JsonNode tree = Json.read(text == null ? "" : text);
        if (tree.isMissingNode()) {
            throw new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, what + " is not valid JSON");
        }
        return tree;
    }
}
