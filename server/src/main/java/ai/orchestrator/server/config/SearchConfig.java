package ai.orchestrator.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Search for evidence.
 *
 * @param engines asked all at once
 * @param weights what the engines' results count, by the engine's name; 1 for one that is not there
 * @param deadline how long they may take
 * @param maxResults how many results go into a prompt
 * @param allowHosts where there are any, only their pages are used
 * @param blockHosts their pages are not used
 * @param fetch how their pages are read
 * @param reranker orders the best results; without one, they are ordered by words and meaning
 */
public record SearchConfig(
        List<ServiceConfig> engines,
        Map<String, Double> weights,
        Duration deadline,
        int maxResults,
        List<String> allowHosts,
        List<String> blockHosts,
        FetchConfig fetch,
        Optional<ServiceConfig> reranker) {
    public SearchConfig {
        engines = List.copyOf(engines);
        weights = Map.copyOf(weights);
        allowHosts = List.copyOf(allowHosts);
        blockHosts = List.copyOf(blockHosts);
    }

    /** What the results of an engine count. */
    public double weight(String engine) {
        return weights.getOrDefault(engine, 1.0);
    }

    /** The same with these engines, no weights and no reranker. */
    SearchConfig withEngines(List<ServiceConfig> others) {
        return new SearchConfig(
                others, Map.of(), deadline, maxResults, allowHosts, blockHosts, fetch, Optional.empty());
    }
}
