package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.Json;
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
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes the bodies of calls; the same request gives the same bytes. */
final class RequestWriter {
    private final OptionsWriter options;
    private final Optional<Duration> keepAlive;

    RequestWriter(OllamaSettings settings) {
        options = new OptionsWriter(settings.options());
        keepAlive = settings.keepAlive();
    }

    /** Where a prompt is sent. */
    static String path(Prompt prompt) {
        return prompt instanceof Prompt.Chat ? "api/chat" : "api/generate";
    }

    /** @throws PluginFailure if JSON in the request is none */
    byte[] answer(ModelRequest request, String model) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("model", model);
        switch (request.prompt()) {
            case Prompt.Chat chat -> MessageWriter.write(body.putArray("messages"), chat);
            case Prompt.Raw(String text) -> body.put("prompt", text).put("raw", true);
            case Prompt.Insert(String prefix, String suffix) ->
                body.put("prompt", prefix).put("suffix", suffix);
        }
        tools(body, request);
        format(body, request.format());
        think(body, request.thinking());
        request.topLogprobs().ifPresent(top -> body.put("logprobs", true).put("top_logprobs", top));
        body.put("truncate", request.overflow().truncatePrompt())
                .put("shift", request.overflow().shiftContext())
                .put("stream", true);
        options.write(body, request.options());
        keepAlive(body, request.keepAlive().or(() -> keepAlive));
        return bytes(body);
    }

    /** A call without a prompt, which loads the model, or unloads it where it is kept for no time at all. */
    byte[] load(String model, SamplingOptions wanted, Optional<Duration> kept) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("model", model).put("stream", false);
        options.write(body, wanted);
        keepAlive(body, kept.or(() -> keepAlive));
        return bytes(body);
    }

    byte[] embed(String model, List<String> texts, boolean truncate, SamplingOptions wanted, Optional<Duration> kept) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("model", model);
        ArrayNode input = body.putArray("input");
        texts.forEach(input::add);
        body.put("truncate", truncate);
        options.write(body, wanted);
        keepAlive(body, kept.or(() -> keepAlive));
        return bytes(body);
    }

    static byte[] show(String model) {
        return bytes(Json.MAPPER.createObjectNode().put("model", model));
    }

    /** There is no way to make a model call a tool; the one that it has to call is at least the only one that it can. */
    private static void tools(ObjectNode body, ModelRequest request) {
        ToolChoice choice = request.toolChoice();
        List<ToolDefinition> tools = request.tools().stream()
                .filter(tool ->
                        choice.mode() != ToolChoice.Mode.NAMED || tool.name().equals(choice.tool()))
                .toList();
        if (tools.isEmpty() || choice.mode() == ToolChoice.Mode.NONE) {
            return;
        }
        ArrayNode written = body.putArray("tools");
        for (ToolDefinition tool : tools) {
            ObjectNode function = written.addObject()
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
    }

    private static void format(ObjectNode body, ResponseFormat format) {
        switch (format) {
            case ResponseFormat.Text text -> {}
            case ResponseFormat.Json json -> body.put("format", "json");
            case ResponseFormat.JsonSchema(String schema) ->
                body.set("format", Json.given("the JSON schema of the answer", schema));
        }
    }

    private static void think(ObjectNode body, Thinking thinking) {
        switch (thinking) {
            case UNSET -> {}
            case OFF -> body.put("think", false);
            case ON -> body.put("think", true);
            case LOW -> body.put("think", "low");
            case MEDIUM -> body.put("think", "medium");
            case HIGH -> body.put("think", "high");
            case MAX -> body.put("think", "max");
        }
    }

    /** In seconds; any negative number is for ever. */
    private static void keepAlive(ObjectNode body, Optional<Duration> time) {
        time.ifPresent(kept -> {
            if (kept.isNegative()) {
                body.put("keep_alive", -1);
            } else if (kept.toMillis() % 1_000 == 0) {
                body.put("keep_alive", kept.toSeconds());
            } else {
                body.put("keep_alive", kept.toMillis() / 1_000.0);
            }
        });
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, "a text holds half a character", e);
        }
    }
}
