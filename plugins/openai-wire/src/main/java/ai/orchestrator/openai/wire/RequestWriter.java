package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the body of a request for text; the same request gives the same bytes. */
final class RequestWriter {
    private final ChatDialect dialect;

    RequestWriter(ChatDialect dialect) {
        this.dialect = dialect;
    }

    /** Where a prompt is sent, behind the base URL. */
    static String path(Prompt prompt) {
        return prompt instanceof Prompt.Chat ? "chat/completions" : "completions";
    }

    /**
     * Writes a request.
     *
     * @param usage whether to ask for the usage, which some older servers refuse
     * @throws PluginFailure if the request has what this wire cannot say, or JSON in it is none
     */
    byte[] write(ModelRequest request, String model, boolean usage) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("model", model);
        prompt(body, request);
        body.put("stream", true);
        if (usage) {
            body.putObject("stream_options").put("include_usage", true);
        }
        SamplingWriter.write(body, request.options(), dialect);
        format(body, request.format());
        tools(body, request);
        ThinkingWriter.write(body, request.thinking(), dialect.thinking());
        body.setAll((ObjectNode) Json.MAPPER.valueToTree(dialect.extra().of(request)));
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new PluginFailure.Permanent(FailureCode.INTERNAL, "the request cannot be written as JSON", e);
        }
    }

    private void prompt(ObjectNode body, ModelRequest request) {
        switch (request.prompt()) {
            case Prompt.Chat chat -> {
                body.set("messages", MessageWriter.write(chat));
                request.topLogprobs()
                        .ifPresent(top -> body.put("logprobs", true).put("top_logprobs", top));
            }
            case Prompt.Raw(String text) -> text(body, request, text, "raw prompts");
            case Prompt.Insert(String prefix, String suffix) -> {
                text(body, request, prefix, "filling in between a prefix and a suffix");
                body.put("suffix", suffix);
            }
        }
    }

    private void text(ObjectNode body, ModelRequest request, String text, String what) {
        if (!dialect.textCompletions()) {
            throw new PluginFailure.Permanent(FailureCode.UNSUPPORTED, "this model takes chats only, not " + what);
        }
        body.put("prompt", text);
        request.topLogprobs().ifPresent(top -> body.put("logprobs", top));
    }

    private static void format(ObjectNode body, ResponseFormat format) {
        switch (format) {
            case ResponseFormat.Text text -> {}
            case ResponseFormat.Json json -> body.putObject("response_format").put("type", "json_object");
            case ResponseFormat.JsonSchema(String schema) -> {
                JsonNode tree = Json.given("the JSON schema of the answer", schema);
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
                function.set(
                        "parameters", Json.given("the parameters of the tool " + tool.name(), tool.parametersJson()));
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
}
