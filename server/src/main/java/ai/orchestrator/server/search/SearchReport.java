package ai.orchestrator.server.search;

import java.util.List;
import java.util.Optional;

/**
 * How searching has gone since the start.
 *
 * @param searches how many were made
 * @param allFailed in how many no engine answered
 * @param dropped how many results were kept from models, since they seemed to command them
 * @param engines in the order of the configuration
 * @param reranker the one that the operator names
 */
public record SearchReport(
        long searches,
        long allFailed,
        long dropped,
        List<EngineReport> engines,
        Optional<NamedReranker.Report> reranker) {
    public SearchReport {
        engines = List.copyOf(engines);
    }

    /** With how the reranker has done that the operator names. */
    public SearchReport with(Optional<NamedReranker.Report> named) {
        return new SearchReport(searches, allFailed, dropped, engines, named);
    }
}
