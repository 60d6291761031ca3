package ai.orchestrator.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * What an error says of itself, whichever shape it has: {@code {"error":{…}}}, {@code {"error":"text"}}, or the members at the top.
 *
 * @param status the HTTP status that fits, 0 if it does not tell
 * @param type the most exact name it has for the fault, in lower case; empty if it has none
 * @param message for people; may be empty
 * @param details the object that the three came from
 */
record ErrorBody(int status, String type, String message, JsonNode details) {
    private static final Map<String, Integer> STATUS_OF_TYPE = Map.ofEntries(
            Map.entry("invalid_request", 400),
            Map.entry("invalid_request_error", 400),
            Map.entry("invalid_prompt", 400),
            Map.entry("authentication", 401),
            Map.entry("authentication_error", 401),
            Map.entry("invalid_api_key", 401),
            Map.entry("payment_required", 402),
            Map.entry("insufficient_quota", 402),
            Map.entry("permission_denied", 403),
            Map.entry("permission_error", 403),
            Map.entry("not_found", 404),
            Map.entry("not_found_error", 404),
            Map.entry("model_not_found", 404),
            Map.entry("payload_too_large", 413),
            Map.entry("unprocessable", 422),
            Map.entry("rate_limit_exceeded", 429),
            Map.entry("server", 500),
            Map.entry("server_error", 500),
            Map.entry("provider_unavailable", 502),
            Map.entry("unavailable_error", 503),
            Map.entry("timeout", 524),
            Map.entry("provider_overloaded", 529),
            Map.entry("overloaded_error", 529));

    static ErrorBody of(JsonNode body) {
        JsonNode error = body.path("error");
        if (error.isTextual()) {
            return new ErrorBody(0, "", error.textValue(), body);
        }
        JsonNode details = error.isObject() ? error : body;
        String type = type(details);
        int status = status(details.path("code"));
        if (status == 0) {
            status = status(details.path("http_status"));
        }
        return new ErrorBody(
                status == 0 ? STATUS_OF_TYPE.getOrDefault(type, 0) : status, type, message(details), details);
    }

    /** Servers on FastAPI say what is wrong in {@code detail}: a text, or a list of objects. */
    private static String message(JsonNode details) {
        String message = Json.text(details, "message");
        JsonNode detail = details.path("detail");
        if (!message.isEmpty() || detail.isMissingNode()) {
            return message;
        }
        return detail.isTextual() ? detail.textValue() : detail.toString();
    }

    /** Metadata of the error's own kind, such as {@code limit_source}; empty if it is not told. */
    String metadata(String name) {
        return Json.text(details.path("metadata"), name);
    }

    /** Numbers come as texts too; other texts are types. */
    private static int status(JsonNode code) {
        int status = code.isIntegralNumber() || code.asText().matches("\\d{3}") ? code.asInt() : 0;
        return status >= 400 && status < 600 ? status : 0;
    }

    private static String type(JsonNode details) {
        String exact = Json.text(details.path("metadata"), "error_type");
        if (exact.isEmpty()) {
            exact = Json.text(details, "error_type");
        }
        if (exact.isEmpty() && !details.path("code").asText().matches("\\d*")) {
            exact = Json.text(details, "code");
        }
        return (exact.isEmpty() ? Json.text(details, "type") : exact).toLowerCase(Locale.ROOT);
    }
}
