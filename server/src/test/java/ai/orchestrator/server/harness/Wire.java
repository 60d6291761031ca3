package ai.orchestrator.server.harness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/** The ways in which a model can be asked over HTTP. */
public enum Wire {
    CHAT("/api/chat", OllamaWire::chat),
    GENERATE("/api/generate", OllamaWire::generate),
    LEGACY("/api/chat", LegacyWire::chat),
    CHAT_COMPLETIONS("/v1/chat/completions", OpenAiWire::chat),
    COMPLETIONS("/v1/completions", OpenAiWire::text),
    RESPONSES("/v1/responses", ResponsesWire::responses),
    MESSAGES("/v1/messages", AnthropicWire::messages);

    public final String path;
    private final Function<Ask, Optional<ObjectNode>> writer;

    Wire(String path, Function<Ask, Optional<ObjectNode>> writer) {
        this.path = path;
        this.writer = writer;
    }

    /** The same, read piece by piece or whole, with all that this surface tells of it. */
    public Optional<ObjectNode> body(Ask ask, boolean stream) {
        return body(ask).map(body -> {
            if (stream && this == CHAT_COMPLETIONS || stream && this == COMPLETIONS) {
                body.putObject("stream_options").put("include_usage", true);
            }
            return body.put("stream", stream);
        });
    }

    /** The ask as a body; empty if this surface cannot say all of it. */
    public Optional<ObjectNode> body(Ask ask) {
        return writer.apply(ask);
    }
}
