package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.UnknownMembers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The members of a request beside its messages and tools. */
final class RequestFields {
    /** Every member that is read, and those that say where and by which of another server's caches it is answered. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "system",
            "max_tokens",
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "mcp_servers",
            "container",
            "cache_control",
            "inference_geo",
            "betas",
            "context_management");

    private RequestFields() {}

    /** What has to be there beside the model. */
    static void checkRequired(JsonObject request) {
        if (request.integer("max_tokens").orElse(0) <= 0) {
            throw HttpProblem.badRequest("max_tokens is required and must be positive");
        }
        if (request.array("messages").isEmpty()) {
            throw HttpProblem.badRequest("messages is required");
        }
        for (String name : List.of("mcp_servers", "container")) {
            boolean nothing = request.find(name)
                    .filter(value -> value.isArray() && value.isEmpty())
                    .isPresent();
            if (request.has(name) && !nothing) {
                throw HttpProblem.badRequest("'" + name + "' is not supported");
            }
        }
    }

    /** What the client leaves out has the model's default, as in Ollama's own chat. */
    static SamplingOptions options(JsonObject request) {
        SamplingOptions.Builder options = SamplingOptions.builder();
        request.integer("max_tokens").ifPresent(options::numPredict);
        request.number("temperature").ifPresent(options::temperature);
        request.number("top_p").ifPresent(options::topP);
        request.integer("top_k").ifPresent(options::topK);
        return options.stop(request.texts("stop_sequences")).build();
    }

    static Thinking thinking(JsonObject request) {
        Thinking effort = effort(request.object("output_config").text("effort"));
        return switch (request.object("thinking").text("type")) {
            case "enabled" -> Thinking.ON;
            case "disabled" -> Thinking.OFF;
            case "adaptive", "between_tools", "" -> effort;
            default ->
                throw HttpProblem.badRequest(
                        "'thinking.type' must be \"enabled\", \"disabled\", \"adaptive\" or \"between_tools\"");
        };
    }

    private static Thinking effort(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "" -> Thinking.UNSET;
            case "low" -> Thinking.LOW;
            case "medium" -> Thinking.MEDIUM;
            case "high", "xhigh" -> Thinking.HIGH;
            case "max" -> Thinking.MAX;
            default ->
                throw HttpProblem.badRequest(
                        "'output_config.effort' must be \"low\", \"medium\", \"high\", \"xhigh\" or \"max\"");
        };
    }

    static ResponseFormat format(JsonObject request) {
        JsonObject output = request.object("output_config");
        if (!output.has("format")) {
            return ResponseFormat.text();
        }
        JsonObject format = output.object("format");
        if (!format.text("type").equals("json_schema") || !format.has("schema")) {
            throw HttpProblem.badRequest("'output_config.format' must have the type \"json_schema\" and a schema");
        }
        format.object("schema");
        return new ResponseFormat.JsonSchema(format.json("schema").orElse("{}"));
    }

    /** The members that this server does not know and that may change the answer. */
    static Map<String, String> extra(JsonObject request) {
        return UnknownMembers.of(request, KNOWN);
    }
}
