package ai.orchestrator.server.harness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The ways in which a model can be asked over HTTP. */
public enum Wire {
    CHAT("/api/chat"),
    GENERATE("/api/generate"),
    LEGACY("/api/chat"),
    CHAT_COMPLETIONS("/v1/chat/completions"),
    COMPLETIONS("/v1/completions"),
    RESPONSES("/v1/responses"),
    MESSAGES("/v1/messages");

    public final String path;

    Wire(String path) {
        this.path = path;
    }

    /** The ask as a body; empty if this surface cannot say all of it. */
    public Optional<ObjectNode> body(Ask ask) {
        return switch (this) {
            case CHAT -> OllamaWire.chat(ask);
            case GENERATE -> OllamaWire.generate(ask);
            case LEGACY -> LegacyWire.chat(ask);
            case CHAT_COMPLETIONS -> OpenAiWire.chat(ask);
            case COMPLETIONS -> OpenAiWire.text(ask);
            case RESPONSES -> ResponsesWire.responses(ask);
            case MESSAGES -> AnthropicWire.messages(ask);
        };
    }

    /** The same, read piece by piece or whole, with all that this surface tells of it. */
    public Optional<ObjectNode> body(Ask ask, boolean stream) {
        return body(ask).map(body -> {
            if (stream && (this == CHAT_COMPLETIONS || this == COMPLETIONS)) {
                body.putObject("stream_options").put("include_usage", true);
            }
            return body.put("stream", stream);
        });
    }
}
