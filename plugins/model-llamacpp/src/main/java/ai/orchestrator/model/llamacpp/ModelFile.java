package ai.orchestrator.model.llamacpp;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A model whose files are there and sound.
 *
 * @param path of the weights
 * @param size of all its files in bytes
 * @param modified when the weights last changed
 * @param adapters files that are applied to the weights
 * @param projector the file that turns images into what the model reads
 */
record ModelFile(
        String name,
        Path path,
        long size,
        Instant modified,
        ModelFacts facts,
        Optional<ConfiguredModel> configured,
        List<Path> adapters,
        Optional<Path> projector) {
    /** A model of one file. */
    ModelFile(
            String name,
            Path path,
            long size,
            Instant modified,
            ModelFacts facts,
            Optional<ConfiguredModel> configured) {
        this(name, path, size, modified, facts, configured, List.of(), Optional.empty());
    }

    /** The same files with the same content, as far as that shows without reading them. */
    boolean sameFile(ModelFile other) {
        return path.equals(other.path)
                && size == other.size
                && modified.equals(other.modified)
                && adapters.equals(other.adapters)
                && projector.equals(other.projector);
    }
}
