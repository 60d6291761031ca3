package ai.orchestrator.plugin.embed;

import ai.orchestrator.plugin.PluginService;
import ai.orchestrator.plugin.model.ModelInfo;
import java.util.List;

/** Turns text into vectors. */
public interface EmbeddingProvider extends PluginService {
    /** The models on offer now, answered from memory; those with {@link ai.orchestrator.plugin.model.Capability#EMBEDDING} embed. */
    List<ModelInfo> models();

    /**
     * One vector for each text, in order, as the model gives it: the host normalises and shortens.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if a text cannot be embedded, or is longer than the model's context and
     *     {@code request.truncate} is false
     */
    EmbeddingResult embed(EmbeddingRequest request);
}
