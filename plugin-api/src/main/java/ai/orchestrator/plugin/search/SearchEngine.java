package ai.orchestrator.plugin.search;

import ai.orchestrator.plugin.PluginService;
import java.time.Duration;
import java.util.List;

/** Finds documents for a query. What it returns is somebody else's text and is never trusted. */
public interface SearchEngine extends PluginService {
    /**
     * The best results first, at most {@code query.limit()}; empty when nothing was found.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if the engine cannot answer within the query's deadline, or at all
     */
    List<SearchHit> search(SearchQuery query);

    /** How long what it finds for an ordinary question is worth finding again, as opposed to one about the present. */
    default Duration resultsStayGood() {
        return Duration.ofMinutes(10);
    }

    /** Whether no query leaves this machine, so that the engine may be asked even where the operator allows nothing else. */
    default boolean isLocal() {
        return false;
    }
}
