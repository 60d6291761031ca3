package ai.orchestrator.plugin.model;

import java.util.List;

/** A piece of an answer, in the order it was made. */
public sealed interface ModelEvent {
    /**
     * Part of the answer's text; never empty, never half a character.
     *
     * @param logprobs of the tokens that the text is made of, where {@link ModelRequest#topLogprobs} asks for them; else empty
     */
    record Text(String text, List<TokenLogprob> logprobs) implements ModelEvent {
        public Text {
            logprobs = List.copyOf(logprobs);
        }

        /** Text alone. */
        public Text(String text) {
            this(text, List.of());
        }
    }

    /** Part of what the model thinks before it answers; never empty. */
    record Think(String text) implements ModelEvent {}

    /** A whole tool call. */
    record Call(ToolCall call) implements ModelEvent {}

    /**
     * The answer is complete; always the last.
     *
     * @param stopText the stop text that the model wrote, one of {@link SamplingOptions#stop} or of the model's own; empty if it wrote none, or
     *     nobody tells which
     */
    record Finished(FinishReason reason, Usage usage, String stopText) implements ModelEvent {
        /** An end at no stop text that is known. */
        public Finished(FinishReason reason, Usage usage) {
            this(reason, usage, "");
        }
    }
}
