package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/** What {@code llama-server} says when it does not answer. */
final class ServerRefusal {
    /** Some releases read along what a model writes, and give up on bytes that are no text. */
    private static final String UNREADABLE = "does not match the expected";

    private static final String NO_IMAGE = "Failed to load image";

    private static final int MOST_CHARACTERS = 500;

    private ServerRefusal() {}

    static PluginFailure of(int status, String body) {
        try {
            JsonNode error = ServerClient.JSON.readTree(body).path("error");
            if (error.isObject()) {
                return of(error);
            }
        } catch (JsonProcessingException e) {
            // told below
        }
        return new PluginFailure.Permanent(FailureCode.INTERNAL, "llama-server answered with status " + status);
    }

    static PluginFailure of(JsonNode error) {
        String message = message(error);
        if (message.contains(UNREADABLE)) {
            return new PluginFailure.Permanent(
                    FailureCode.BAD_REPLY,
                    "the model wrote what llama-server cannot read, such as bytes that are no text: " + message);
        }
        if (message.contains(NO_IMAGE)) {
            return Refusals.invalid("an image cannot be read: it has to be a whole PNG, JPEG, GIF or BMP file");
        }
        return switch (error.path("type").asText()) {
            case "exceed_context_size_error" ->
                new PluginFailure.Permanent(
                        FailureCode.CONTEXT_LENGTH,
                        error.has("n_ctx")
                                ? "the prompt has "
                                        + error.path("n_prompt_tokens").asInt()
                                        + " tokens, and the model's context holds "
                                        + error.path("n_ctx").asInt()
                                : message);
            case "invalid_request_error" -> Refusals.invalid("llama-server refuses the request: " + message);
            case "not_supported_error" -> Refusals.unsupported(message);
            case "unavailable_error" -> new PluginFailure.Retriable(FailureCode.STARTING, message);
            default -> new PluginFailure.Permanent(FailureCode.INTERNAL, "llama-server failed: " + message);
        };
    }

    private static String message(JsonNode error) {
        String message = OutputTail.withoutFolders(error.path("message").asText());
        return message.length() > MOST_CHARACTERS ? message.substring(0, MOST_CHARACTERS) : message;
    }
}
