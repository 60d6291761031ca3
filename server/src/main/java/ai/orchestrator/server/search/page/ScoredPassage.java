package ai.orchestrator.server.search.page;

/**
 * A passage that has to do with a question.
 *
 * @param score 0 where it has nothing to do with it; comparable within one search
 */
public record ScoredPassage(Passage passage, double score) {}
