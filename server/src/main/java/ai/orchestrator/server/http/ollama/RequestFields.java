package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The members that chat and generate have in common. */
final class RequestFields {
    private static final int MAX_TOP_LOGPROBS = 20;

    private RequestFields() {}

    static Thinking think(JsonObject request) {
        JsonNode node = request.find("think").orElse(null);
        if (node == null) {
            return Thinking.UNSET;
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? Thinking.ON : Thinking.OFF;
        }
        return switch (node.isTextual() ? node.textValue() : "") {
            case "low" -> Thinking.LOW;
            case "medium" -> Thinking.MEDIUM;
            case "high" -> Thinking.HIGH;
            case "max" -> Thinking.MAX;
            default ->
                throw HttpProblem.badRequest("invalid think value: " + (node.isContainerNode() ? "object" : node)
                        + " (must be \"high\", \"medium\", \"low\", \"max\", true, or false)");
        };
    }

    static ResponseFormat format(JsonObject request) {
        JsonNode node = request.find("format").orElse(null);
        if (node == null || (node.isTextual() && node.textValue().isEmpty())) {
            return ResponseFormat.text();
        }
        if (node.isObject()) {
            return new ResponseFormat.JsonSchema(Surrogates.repair(node.toString()));
        }
        if (node.isTextual() && node.textValue().equals("json")) {
            return new ResponseFormat.Json();
        }
        String quoted = node.toString().replace("\\", "\\\\").replace("\"", "\\\"");
        throw new HttpProblem(
                500, "invalid format: \"" + quoted + "\"; expected \"json\" or a valid JSON Schema object");
    }

    /** What is checked before the model, as Ollama does: all types but those of the single options. */
    static void check(JsonObject request) {
        request.object("options");
        overflow(request);
        request.bool("logprobs");
        checkTopLogprobs(request);
        checkDebug(request);
    }

    private static void checkTopLogprobs(JsonObject request) {
        int top = request.integer("top_logprobs").orElse(0);
        if (top < 0 || top > MAX_TOP_LOGPROBS) {
            throw HttpProblem.badRequest("top_logprobs must be between 0 and " + MAX_TOP_LOGPROBS);
        }
    }

    /** Refuses what Ollama has for its own developers: an answer in its place would be taken for the prompt. */
    private static void checkDebug(JsonObject request) {
        if (request.bool("_debug_render_only").orElse(false)) {
            throw HttpProblem.badRequest("_debug_render_only is not supported");
        }
    }

    /** How many alternatives to tell beside each token's probability; empty where none is asked for. */
    static OptionalInt topLogprobs(JsonObject request) {
        return request.bool("logprobs").orElse(false)
                ? OptionalInt.of(request.integer("top_logprobs").orElse(0))
                : OptionalInt.empty();
    }

    /** By Ollama's defaults, but that an answer ends at the end of the context unless it is asked to go on. */
    static Overflow overflow(JsonObject request) {
        return new Overflow(
                request.bool("truncate").orElse(true), request.bool("shift").orElse(false));
    }

    /** The names of the members that both read, and of these. */
    static Set<String> known(String... more) {
        Set<String> known = new HashSet<>(Set.of("top_logprobs", "logprobs", "truncate", "shift"));
        known.addAll(List.of(more));
        return Set.copyOf(known);
    }
}
