package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.Headers;

/**
 * Turns a far side's errors into failures. A status says what to do; some types and details say it better. Neither the key nor what a
 * refusal of the key says gets into a message.
 */
public final class ErrorReader implements HttpCalls.Refusals {
    private static final Set<String> TOO_LONG =
            Set.of("context_length_exceeded", "token_limit_exceeded", "string_too_long", "exceed_context_size_error");
    private static final Set<String> REFUSED = Set.of("content_policy_violation", "refusal", "content_filter");
    private static final Headers NO_HEADERS = Headers.of();

    private final Endpoint endpoint;
    private final RetryAfter retryAfter;

    public ErrorReader(Endpoint endpoint) {
        this(endpoint, Clock.systemUTC());
    }

    ErrorReader(Endpoint endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.retryAfter = new RetryAfter(clock);
    }

    /** Whether a body, a frame or a choice tells an error, whatever else it holds. */
    public boolean isError(JsonNode node) {
        JsonNode error = node.path("error");
        return error.isObject()
                || (error.isTextual() && !error.textValue().isEmpty())
                || Json.text(node, "object").equals("error");
    }

    @Override
    public PluginFailure refused(HttpReply reply, String body) {
        return refused(reply.status(), reply.headers(), body);
    }

    /** The failure behind a reply with another status than 2xx; {@code body} may be anything. */
    PluginFailure refused(int status, Headers headers, String body) {
        ErrorBody error = ErrorBody.of(Json.read(body));
        return failure(error.status() == 0 ? status : error.status(), error, headers);
    }

    /** The failure that a frame, or a body under status 200, tells. */
    public PluginFailure inReply(JsonNode node) {
        ErrorBody error = ErrorBody.of(node);
        return failure(error.status(), error, NO_HEADERS);
    }

    private PluginFailure failure(int status, ErrorBody error, Headers headers) {
        FailureCode code = code(status, error);
        String message = code == FailureCode.CREDENTIALS && status == 401 ? keyRefused() : message(status, error);
        if (!retriable(status, code, error)) {
            return new PluginFailure.Permanent(code, message);
        }
        Optional<Duration> wait = retryAfter.read(headers, error.details());
        return wait.<PluginFailure>map(time -> new PluginFailure.Retriable(code, message, time))
                .orElseGet(() -> new PluginFailure.Retriable(code, message));
    }

    private static FailureCode code(int status, ErrorBody error) {
        if (TOO_LONG.contains(error.type()) || ((status == 400 || status == 0) && tellsOfContext(error.message()))) {
            return FailureCode.CONTEXT_LENGTH;
        }
        if (REFUSED.contains(error.type())) {
            return FailureCode.CONTENT_REFUSED;
        }
        return switch (status) {
            case 0 -> FailureCode.BROKEN_OFF;
            case 401 -> FailureCode.CREDENTIALS;
            case 402 -> FailureCode.QUOTA;
            case 403 -> forbidden(error);
            case 404, 410 -> retryable(error).orElse(false) ? FailureCode.UNAVAILABLE : FailureCode.NOT_FOUND;
            case 408, 504, 524 -> FailureCode.TIMEOUT;
            case 429 -> FailureCode.RATE_LIMITED;
            case 501 -> FailureCode.UNSUPPORTED;
            case 508 -> FailureCode.LOOP;
            case 503 -> error.message().equals("Loading model") ? FailureCode.STARTING : FailureCode.UNAVAILABLE;
            case 529 -> FailureCode.OVERLOADED;
            case 400 ->
                error.message().contains("not a valid model") ? FailureCode.NOT_FOUND : FailureCode.INVALID_REQUEST;
            default -> otherwise(status);
        };
    }

    private static FailureCode otherwise(int status) {
        if (status >= 500) {
            return FailureCode.UNAVAILABLE;
        }
        return status >= 400 ? FailureCode.INVALID_REQUEST : FailureCode.BAD_REPLY;
    }

    private static FailureCode forbidden(ErrorBody error) {
        JsonNode metadata = error.details().path("metadata");
        if (metadata.has("reasons") || metadata.has("flagged_input") || metadata.has("patterns")) {
            return FailureCode.CONTENT_REFUSED;
        }
        return error.metadata("limit_source").isEmpty() ? FailureCode.CREDENTIALS : FailureCode.QUOTA;
    }

    private static boolean retriable(int status, FailureCode code, ErrorBody error) {
        return retryable(error).orElseGet(() -> switch (code) {
            case CONTEXT_LENGTH, CONTENT_REFUSED, UNSUPPORTED, LOOP -> false;
            case QUOTA -> status == 402 && frees(error);
            default -> status == 0 || status == 408 || status == 429 || status >= 500;
        });
    }

    /** What the error itself says of another try, which is the best sign there is. */
    private static Optional<Boolean> retryable(ErrorBody error) {
        JsonNode told = error.details().path("availability").path("retryable");
        return told.isBoolean() ? Optional.of(told.booleanValue()) : Optional.empty();
    }

    /** A budget of calls in flight is free again soon, unless this one call is more than all of it. */
    private static boolean frees(ErrorBody error) {
        return error.metadata("limit_source").equals("openrouter_in_flight_budget")
                && !error.metadata("reason").equals("weight_exceeds_budget");
    }

    private static boolean tellsOfContext(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return text.contains("context length") || text.contains("context window") || text.contains("context size");
    }

    private String keyRefused() {
        return endpoint.host() + " does not accept the API key that this server is configured with";
    }

    /** What the far side says, as it says it: clients know its words. */
    private String message(int status, ErrorBody error) {
        if (status > 0 && status < 400) {
            return endpoint.host() + " answered " + status
                    + ", which sends elsewhere and is not followed: correct the address that is configured";
        }
        String said = endpoint.withoutKey(error.message())
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        if (said.isEmpty()) {
            return endpoint.host() + (status == 0 ? " ended the answer with an error" : " answered " + status);
        }
        if (said.length() > 300) {
            said = said.substring(0, 300) + "…";
        }
        String provider = error.metadata("provider_name");
        return said + (provider.isEmpty() ? "" : " (" + provider.replaceAll("\\p{Cntrl}+", " ") + ")");
    }
}
