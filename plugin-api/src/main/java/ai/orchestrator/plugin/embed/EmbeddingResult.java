package ai.orchestrator.plugin.embed;

import java.time.Duration;
import java.util.List;

/**
 * The vectors of a request.
 *
 * @param vectors one for each text, in order, all of one length
 * @param promptTokens tokens read in all
 * @param load how long the model took to load for this request
 */
public record EmbeddingResult(List<float[]> vectors, int promptTokens, Duration load) {}
