package ai.orchestrator.plugin.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One call of a model.
 *
 * @param requestId for logs, and for the far side where it takes one
 * @param model a name out of {@link ModelProvider#models}
 * @param tools what the model may call
 * @param topLogprobs how many alternatives to tell beside each token's own probability, 0 to 20; empty for no probabilities at all. A
 *     provider that cannot tell them refuses with {@link ai.orchestrator.plugin.FailureCode#UNSUPPORTED}
 * @param keepAlive how long a local model stays loaded afterwards; empty for the default, negative for ever
 * @param deadline how long the whole call may take; empty for the provider's default
 */
public record ModelRequest(
        String requestId,
        String model,
        Prompt prompt,
        SamplingOptions options,
        ResponseFormat format,
        List<ToolDefinition> tools,
        ToolChoice toolChoice,
        Thinking thinking,
        OptionalInt topLogprobs,
        Overflow overflow,
        Optional<Duration> keepAlive,
        Optional<Duration> deadline) {

    /** A plain request: default options, text, no tools. */
    public static ModelRequest of(String requestId, String model, Prompt prompt) {
        return new ModelRequest(
                requestId,
                model,
                prompt,
                SamplingOptions.defaults(),
                ResponseFormat.text(),
                List.of(),
                ToolChoice.AUTO,
                Thinking.UNSET,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.empty(),
                Optional.empty());
    }

    /** The same request with other options. */
    public ModelRequest withOptions(SamplingOptions other) {
        return new ModelRequest(
                requestId,
                model,
                prompt,
                other,
                format,
                tools,
                toolChoice,
                thinking,
                topLogprobs,
                overflow,
                keepAlive,
                deadline);
    }

    /** The same request with another format of the answer. */
    public ModelRequest withFormat(ResponseFormat other) {
        return new ModelRequest(
                requestId,
                model,
                prompt,
                options,
                other,
                tools,
                toolChoice,
                thinking,
                topLogprobs,
                overflow,
                keepAlive,
                deadline);
    }

    /** The same request with another time that the whole call may take. */
    public ModelRequest withDeadline(Optional<Duration> other) {
        return new ModelRequest(
                requestId,
                model,
                prompt,
                options,
                format,
                tools,
                toolChoice,
                thinking,
                topLogprobs,
                overflow,
                keepAlive,
                other);
    }

    /** The same request with another prompt. */
    public ModelRequest withPrompt(Prompt other) {
        return new ModelRequest(
                requestId,
                model,
                other,
                options,
                format,
                tools,
                toolChoice,
                thinking,
                topLogprobs,
                overflow,
                keepAlive,
                deadline);
    }
}
