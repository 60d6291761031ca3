package ai.orchestrator.model.llamacpp.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a worker answers: one line of JSON each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Reply.Think.class, name = "think"),
    @JsonSubTypes.Type(value = Reply.Done.class, name = "done"),
    @JsonSubTypes.Type(value = Reply.Tokens.class, name = "tokens"),
    @JsonSubTypes.Type(value = Reply.Vectors.class, name = "vectors"),
    @JsonSubTypes.Type(value = Reply.Counted.class, name = "counted"),
    @JsonSubTypes.Type(value = Reply.Refused.class, name = "refused")
})
public sealed interface Reply {
    /** A piece of the answer. */
    record Text(String text) implements Reply {}

    /** A piece of what the model thinks. */
    record Think(String text) implements Reply {}

    /**
     * The answer is complete.
     *
     * @param cut whether it ended at the limit or at the end of the context
     * @param stopText the stop text that ended it; empty if none did
     */
    record Done(boolean cut, int promptTokens, int completionTokens, long promptNanos, long evalNanos, String stopText)
            implements Reply {}

    /** A prompt's tokens. */
    record Tokens(List<Integer> ids) implements Reply {}

    /** One vector for each text. */
    record Vectors(List<float[]> vectors, int promptTokens) implements Reply {}

    /** Tokens written since the worker started. */
    record Counted(long tokens) implements Reply {}

    /** The call cannot be answered, for a reason in itself. */
    record Refused(Reason reason, String message) implements Reply {}

    /** Why a call is refused; named as the plugin contract's failure codes. */
    enum Reason {
        INVALID_REQUEST,
        CONTEXT_LENGTH,
        INTERNAL
    }
}
