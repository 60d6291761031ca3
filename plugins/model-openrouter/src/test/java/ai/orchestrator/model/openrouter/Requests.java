package ai.orchestrator.model.openrouter;

import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Requests for the model that is offered where nothing is configured. */
final class Requests {
    static final String AUTO = "openrouter/auto:latest";

    private Requests() {}

    static ModelRequest chat(String text) {
        return ModelRequest.of("r1", AUTO, Prompt.user(text));
    }

    static ModelRequest to(String model) {
        return ModelRequest.of("r1", model, Prompt.user("Hi"));
    }

    /** One whose prompt must not be cut. */
    static ModelRequest whole() {
        ModelRequest chat = chat("Hi");
        return new ModelRequest(
                chat.requestId(),
                chat.model(),
                chat.prompt(),
                chat.options(),
                chat.format(),
                chat.tools(),
                chat.toolChoice(),
                chat.thinking(),
                chat.topLogprobs(),
                new Overflow(false, false),
                chat.keepAlive(),
                chat.deadline());
    }

    /** One that may call a tool and says how hard to think. */
    static ModelRequest tool(Thinking thinking) {
        return new ModelRequest(
                "r1",
                AUTO,
                Prompt.user("Hi"),
                SamplingOptions.defaults(),
                ResponseFormat.text(),
                List.of(new ToolDefinition("weather", "", "{\"type\":\"object\"}")),
                ToolChoice.AUTO,
                thinking,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.empty(),
                Optional.empty());
    }
}
