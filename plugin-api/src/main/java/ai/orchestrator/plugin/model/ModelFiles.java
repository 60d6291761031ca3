package ai.orchestrator.plugin.model;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A model as files on this machine, which the host keeps; they are only read, and stay as they are while they are on offer.
 *
 * @param name the full name with tag, such as {@code smollm2:135m}; several names may share their files
 * @param digest as in {@link ModelInfo#digest}
 * @param weights the GGUF file
 * @param adapters GGUF files of LoRA adapters to apply to the weights
 * @param projector the GGUF file that turns images into what the model reads
 * @param modifiedAt when the name came or last changed
 */
public record ModelFiles(
        String name, String digest, Path weights, List<Path> adapters, Optional<Path> projector, Instant modifiedAt) {
    public ModelFiles {
        adapters = List.copyOf(adapters);
    }
}
