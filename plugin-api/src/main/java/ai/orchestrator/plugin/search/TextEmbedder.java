package ai.orchestrator.plugin.search;

import java.util.List;

/** Turns texts into vectors for a search engine: the host's, by the model that it compares questions and results with. */
public interface TextEmbedder {
    /** The model's name: vectors of another one cannot be compared with this one's. */
    String model();

    /**
     * One vector of length 1 for each text, in order. Of a long text only the beginning counts. Without texts, the model is loaded all the same.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if there are none now
     */
    List<float[]> embed(List<String> texts);
}
