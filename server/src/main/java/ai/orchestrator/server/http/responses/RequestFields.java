package ai.orchestrator.server.http.responses;

import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ReasoningEffort;
import ai.orchestrator.server.http.UnknownMembers;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The members of a request beside its input and tools. */
final class RequestFields {
    private static final double DEFAULT = 1.0;
    private static final int MAX_TOP_LOGPROBS = 20;

    /** Every member that is read, and those that never change an answer: how it is sent, kept and billed, and who asks. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "input",
            "instructions",
            "tools",
            "tool_choice",
            "max_tool_calls",
            "reasoning",
            "text",
            "temperature",
            "top_p",
            "top_logprobs",
            "max_output_tokens",
            "truncation",
            "previous_response_id",
            "conversation",
            "prompt",
            "background",
            "include",
            "parallel_tool_calls");

    private RequestFields() {}

    /** An answer that lacks what went before would pass for one that knows it. */
    static void refuseState(JsonObject request) {
        for (String name : List.of("previous_response_id", "conversation")) {
            if (request.has(name)) {
                throw HttpProblem.badRequest(
                        "'" + name
                                + "' is not supported: this server keeps no responses, so send the whole conversation as 'input'");
            }
        }
        if (request.has("prompt")) {
            throw HttpProblem.badRequest("'prompt' is not supported: this server keeps no prompts");
        }
        if (request.bool("background").orElse(false)) {
            throw HttpProblem.badRequest("'background' is not supported: this server keeps no responses");
        }
    }

    /** What the client leaves out has OpenAI's default. */
    static SamplingOptions options(JsonObject request) {
        SamplingOptions.Builder options = SamplingOptions.builder()
                .temperature(request.number("temperature").orElse(DEFAULT))
                .topP(request.number("top_p").orElse(DEFAULT));
        request.integer("max_output_tokens").ifPresent(most -> {
            if (most < 1) {
                throw HttpProblem.badRequest("'max_output_tokens' must be at least 1");
            }
            options.numPredict(most);
        });
        return options.build();
    }

    static Thinking thinking(JsonObject request) {
        return ReasoningEffort.of(request.object("reasoning").text("effort"));
    }

    static ResponseFormat format(JsonObject request) {
        JsonObject format = request.object("text").object("format");
        return switch (format.text("type")) {
            case "", "text" -> ResponseFormat.text();
            case "json_object" -> new ResponseFormat.Json();
            case "json_schema" -> {
                format.object("schema");
                yield new ResponseFormat.JsonSchema(format.json("schema")
                        .orElseThrow(() ->
                                HttpProblem.badRequest("'text.format' of type json_schema needs an object 'schema'")));
            }
            default ->
                throw HttpProblem.badRequest("'text.format.type' must be \"text\", \"json_object\" or \"json_schema\"");
        };
    }

    /** How many alternatives to tell beside each token's probability; empty where none is asked for. */
    static OptionalInt topLogprobs(JsonObject request) {
        int top = request.integer("top_logprobs").orElse(0);
        if (top < 0 || top > MAX_TOP_LOGPROBS) {
            throw HttpProblem.badRequest("top_logprobs must be between 0 and " + MAX_TOP_LOGPROBS);
        }
        boolean included = request.texts("include").contains("message.output_text.logprobs");
        return included || top > 0 ? OptionalInt.of(top) : OptionalInt.empty();
    }

    /** A client that says nothing gets what Ollama does; one that wants nothing cut is told where that would be needed. */
    static Overflow overflow(JsonObject request) {
        String truncation = request.text("truncation");
        return switch (truncation) {
            case "", "auto" -> Overflow.DEFAULT;
            case "disabled" -> new Overflow(false, false);
            default -> throw HttpProblem.badRequest("'truncation' must be \"auto\" or \"disabled\"");
        };
    }

    /** The members that this server does not know and that may change the answer. */
    static Map<String, String> extra(JsonObject request) {
        return UnknownMembers.of(request, KNOWN);
    }
}
