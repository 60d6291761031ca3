package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ReasoningEffort;
import ai.orchestrator.server.http.UnknownMembers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Members of requests that need more than a look. */
final class RequestFields {
    /** Every member that is read, and those that never change an answer: how it is sent, kept and billed, and who asks in which conversation. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "prompt",
            "suffix",
            "tools",
            "tool_choice",
            "response_format",
            "reasoning",
            "reasoning_effort",
            "temperature",
            "top_p",
            "frequency_penalty",
            "presence_penalty",
            "seed",
            "stop",
            "max_tokens",
            "max_completion_tokens",
            "logprobs",
            "top_logprobs",
            "n");

    private RequestFields() {}

    /** The form of the answer. */
    static ResponseFormat format(JsonObject request) {
        JsonObject format = request.object("response_format");
        String type = format.text("type").strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "", "text" -> ResponseFormat.text();
            case "json_object" -> new ResponseFormat.Json();
            case "json_schema" -> {
                JsonObject described = format.object("json_schema");
                described.object("schema");
                yield new ResponseFormat.JsonSchema(described
                        .json("schema")
                        .orElseThrow(() -> HttpProblem.badRequest(
                                "response_format of type json_schema needs an object 'json_schema.schema'")));
            }
            default ->
                throw HttpProblem.badRequest("invalid response_format type: '" + type
                        + "' (must be \"text\", \"json_object\", or \"json_schema\")");
        };
    }

    /** How hard to think, from {@code reasoning.effort} or else {@code reasoning_effort}. */
    static Thinking thinking(JsonObject request) {
        String effort = request.has("reasoning")
                ? request.object("reasoning").text("effort")
                : request.text("reasoning_effort");
        return ReasoningEffort.of(effort);
    }

    /** Whether a stream ends with what the answer took. */
    static boolean includeUsage(JsonObject request) {
        return request.object("stream_options").bool("include_usage").orElse(false);
    }

    /** The members that this server does not know, and that may change the answer. */
    static Map<String, String> extra(JsonObject request) {
        return UnknownMembers.of(request, KNOWN);
    }
}
