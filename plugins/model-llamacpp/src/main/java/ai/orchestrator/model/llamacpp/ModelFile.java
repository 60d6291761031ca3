package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.SamplingOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model whose files are there and sound.
 *
 * @param weights one file, or all parts of a model that was split, the first one first
 * @param modified when the model came or last changed
 * @param digest what the host says it is; empty where it is to be made of the files
 * @param adapters files that are applied to the weights
 * @param projector the file that turns images into what the model reads
 */
record ModelFile(
        String name,
        List<ModelPart> weights,
        Instant modified,
        ModelFacts facts,
        Optional<ConfiguredModel> configured,
        Optional<String> digest,
        List<ModelPart> adapters,
        Optional<ModelPart> projector) {
    /** The file that the engine is given: the first one of the weights. */
    Path path() {
        return weights.getFirst().path();
    }

    /** All its files. */
    List<ModelPart> parts() {
        return Stream.of(weights.stream(), adapters.stream(), projector.stream())
                .flatMap(parts -> parts)
                .toList();
    }

    /** Its own default options. */
    SamplingOptions parameters() {
        return configured.map(ConfiguredModel::parameters).orElse(SamplingOptions.defaults());
    }

    /** The size of all its files in bytes. */
    long size() {
        return parts().stream().mapToLong(ModelPart::size).sum();
    }

    /** Says which models share a process: those of the same files, on the same engine. */
    String place() {
        return configured
                        .flatMap(ConfiguredModel::engine)
                        .map(EngineChoice::name)
                        .orElse("") + ":" + path() + ":"
                + adapters.stream().map(ModelPart::path).toList() + ":"
                + projector.map(part -> part.path().toString()).orElse("");
    }

    /** The same files with the same content, as far as that shows without reading them. */
    boolean sameFile(ModelFile other) {
        return weights.equals(other.weights) && adapters.equals(other.adapters) && projector.equals(other.projector);
    }
}
