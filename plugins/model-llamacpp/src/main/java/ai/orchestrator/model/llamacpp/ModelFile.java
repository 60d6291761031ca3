package ai.orchestrator.model.llamacpp;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A model whose file is there and sound. */
record ModelFile(
        String name, Path path, long size, Instant modified, ModelFacts facts, Optional<ConfiguredModel> configured) {
    /** The same file with the same content, as far as that shows without reading it. */
    boolean sameFile(ModelFile other) {
        return path.equals(other.path) && size == other.size && modified.equals(other.modified);
    }
}
