package ai.orchestrator.model.llamacpp.gguf;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a GGUF file says before its tensors' data.
 *
 * @param metadata texts, {@code Long}, {@code Double}, {@code Boolean} or {@code BigInteger} values, short lists of these, and {@link LongArray}
 *     where a list is long; in the file's order
 * @param parameters how many numbers the tensors hold in all
 */
public record GgufHeader(Map<String, Object> metadata, long parameters) {
    /**
     * A list that is left in the file.
     *
     * @param ofTexts whether its elements are texts
     * @param offset where its elements begin in the file
     */
    public record LongArray(boolean ofTexts, long length, long offset) {}

    /** A text, if there is one by this key. */
    public Optional<String> text(String key) {
        return metadata.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A number that fits an {@code int} and is not negative, if there is one by this key. */
    public OptionalInt number(String key) {
        return metadata.get(key) instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE
                ? OptionalInt.of(number.intValue())
                : OptionalInt.empty();
    }

    /** A yes or no, if there is one by this key. */
    public Optional<Boolean> flag(String key) {
        return metadata.get(key) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /** The architecture, such as {@code llama}; empty if the file does not say. */
    public String architecture() {
        return text("general.architecture").orElse("");
    }

    /** A number of the architecture's own, such as {@code context_length}. */
    public OptionalInt architectureNumber(String key) {
        return number(architecture() + "." + key);
    }
}
