package ai.orchestrator.plugin.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model on offer.
 *
 * @param name the full name with tag, such as {@code smollm2:135m} or {@code openrouter/auto:latest}
 * @param digest 64 lower-case hexadecimal digits that change whenever the model's answers may: the SHA-256 of its file, or of what
 *     is known of a remote one
 * @param sizeBytes bytes on this machine's disk, 0 for a remote model
 * @param modifiedAt when it came or last changed
 * @param format such as {@code gguf}; empty if unknown
 * @param families architectures, the main one first, such as {@code llama}; may be empty
 * @param parameterSize such as {@code 135M}; empty if unknown
 * @param quantization such as {@code Q4_1}; empty if unknown
 * @param contextLength the longest context in tokens
 * @param embeddingLength how many numbers an embedding has
 * @param remote where the model really runs, if not on this machine
 * @param price what it costs; empty for a model that costs nothing, with {@link Price#unknown} for one whose price is not known
 * @param defaults its own options, which count where a request leaves one out; what these leave out, too, has Ollama's default. Empty where
 *     its defaults are not known, as of a model elsewhere
 */
public record ModelInfo(
        String name,
        String digest,
        long sizeBytes,
        Instant modifiedAt,
        String format,
        List<String> families,
        String parameterSize,
        String quantization,
        OptionalInt contextLength,
        OptionalInt embeddingLength,
        Set<Capability> capabilities,
        Optional<RemoteOrigin> remote,
        Optional<Price> price,
        Optional<SamplingOptions> defaults) {
    /** A model whose own options are not known. */
    public ModelInfo(
            String name,
            String digest,
            long sizeBytes,
            Instant modifiedAt,
            String format,
            List<String> families,
            String parameterSize,
            String quantization,
            OptionalInt contextLength,
            OptionalInt embeddingLength,
            Set<Capability> capabilities,
            Optional<RemoteOrigin> remote,
            Optional<Price> price) {
        this(
                name,
                digest,
                sizeBytes,
                modifiedAt,
                format,
                families,
                parameterSize,
                quantization,
                contextLength,
                embeddingLength,
                capabilities,
                remote,
                price,
                Optional.empty());
    }
}
