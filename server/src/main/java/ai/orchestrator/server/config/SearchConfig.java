package ai.orchestrator.server.config;

import java.time.Duration;
import java.util.List;

/**
 * Search for evidence.
 *
 * @param engines asked all at once
 * @param deadline how long they may take
 * @param maxResults how many results go into a prompt
 * @param fetch how their pages are read
 */
public record SearchConfig(List<ServiceConfig> engines, Duration deadline, int maxResults, FetchConfig fetch) {
    public SearchConfig {
        engines = List.copyOf(engines);
    }
}
