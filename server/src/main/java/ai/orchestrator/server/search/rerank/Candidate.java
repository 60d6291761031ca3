package ai.orchestrator.server.search.rerank;

import java.util.Optional;

/**
 * A result that may move.
 *
 * @param text title and snippet
 * @param prior how it ranked before: higher is better, comparable with the other candidates'
 * @param vector of the document, of length 1 and by the reranker's model, where it is had already
 */
public record Candidate(String text, double prior, Optional<float[]> vector) {}
