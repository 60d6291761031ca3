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
 * @param modified when the model came or last changed
 * @param written when the weights' file was written
 * @param digest what the host says it is; empty where it is to be made of the file
 * @param adapters files that are applied to the weights
 * @param projector the file that turns images into what the model reads
 */
record ModelFile(
        String name,
        Path path,
        long size,
        Instant modified,
        Instant written,
        ModelFacts facts,
        Optional<ConfiguredModel> configured,
        Optional<String> digest,
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
        this(name, path, size, modified, modified, facts, configured, Optional.empty(), List.of(), Optional.empty());
    }

    /** Says which models share a process: those of the same files, on the same engine. */
    String place() {
        return configured
                        .flatMap(ConfiguredModel::engine)
                        .map(EngineChoice::name)
                        .orElse("") + ":" + path + ":" + adapters + ":"
                + projector.map(Path::toString).orElse("");
    }

    /** The same files with the same content, as far as that shows without reading them. */
    boolean sameFile(ModelFile other) {
        return path.equals(other.path)
                && size == other.size
                && written.equals(other.written)
                && adapters.equals(other.adapters)
                && projector.equals(other.projector);
    }
}
