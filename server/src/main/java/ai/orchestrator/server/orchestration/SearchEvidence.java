package ai.orchestrator.server.orchestration;

import java.util.List;

/** Puts what a search found into words for a model. */
public interface SearchEvidence {
    /**
     * The results as quoted data in which nothing passes for an instruction; the same text for the same results as long as this server runs.
     * Empty where no result has anything to quote.
     */
    String quote(List<WebSearch.Result> results);
}
