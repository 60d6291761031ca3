package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.Endpoint;
import ai.orchestrator.openai.wire.ErrorReader;
import ai.orchestrator.openai.wire.HttpCalls;
import ai.orchestrator.openai.wire.HttpReply;
import ai.orchestrator.openai.wire.Json;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Turns Ollama's errors into failures. Its statuses say less than its words, which its clients go by as well. */
final class OllamaErrors implements HttpCalls.Refusals {
    private static final Pattern CANNOT = Pattern.compile("does not support ");
    private static final Pattern WRONG = Pattern.compile("^(option \"|invalid (format|options|message|think value))");
    private static final Pattern TOO_LONG =
            Pattern.compile("exceeds? (the (available )?context|maximum context)|exceed_context_size|context length");
    private static final Pattern MISSING = Pattern.compile("model .{1,400} not found");

    private final ErrorReader others;
    private final String host;

    OllamaErrors(Endpoint endpoint) {
        others = new ErrorReader(endpoint);
        host = endpoint.host();
    }

    @Override
    public PluginFailure refused(HttpReply reply, String body) {
        String told = Json.text(Json.read(body), "error");
        // what runs the model says its own words, which Ollama wraps as they are
        return Json.read(told).isObject() ? read(reply, told) : read(reply, body);
    }

    private PluginFailure read(HttpReply reply, String body) {
        JsonNode told = Json.read(body);
        if (reply.status() == 401 && !Json.text(told, "signin_url").isEmpty()) {
            return new PluginFailure.Permanent(
                    FailureCode.CREDENTIALS,
                    host + " is not signed in to the service that runs this model: run 'ollama signin' there");
        }
        PluginFailure failure = others.refused(reply, body);
        if (reply.status() == 503 && Json.text(told, "error").startsWith("server busy")) {
            return failure.retryAfter()
                    .map(wait -> new PluginFailure.Retriable(FailureCode.OVERLOADED, failure.getMessage(), wait))
                    .orElseGet(() -> new PluginFailure.Retriable(FailureCode.OVERLOADED, failure.getMessage()));
        }
        return refined(failure);
    }

    /** Whether a line tells an error. */
    boolean isError(JsonNode line) {
        return others.isError(line);
    }

    /** The failure that a line in the midst of an answer tells. */
    PluginFailure inReply(JsonNode line) {
        return refined(others.inReply(line));
    }

    private static PluginFailure refined(PluginFailure failure) {
        String words = failure.getMessage();
        if (TOO_LONG.matcher(words).find()) {
            return new PluginFailure.Permanent(FailureCode.CONTEXT_LENGTH, failure.getMessage());
        }
        if (CANNOT.matcher(words).find()) {
            return new PluginFailure.Permanent(FailureCode.UNSUPPORTED, failure.getMessage());
        }
        if (WRONG.matcher(words).find()) {
            return new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, failure.getMessage());
        }
        return MISSING.matcher(words).find()
                ? new PluginFailure.Permanent(FailureCode.NOT_FOUND, failure.getMessage())
                : failure;
    }
}
