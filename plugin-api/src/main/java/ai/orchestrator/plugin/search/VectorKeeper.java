package ai.orchestrator.plugin.search;

/**
 * A search engine that keeps vectors of its documents, so that its results need not be embedded anew for each question. Its hits have a
 * {@link SearchHit#vector} as soon as there is one.
 */
public interface VectorKeeper extends SearchEngine {
    /** Gives it what makes vectors: once, after the engine was made, and before the first query. */
    void embedBy(TextEmbedder embedder);
}
