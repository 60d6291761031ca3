package ai.orchestrator.server.search;

import java.util.List;

/**
 * How searching has gone since the start.
 *
 * @param searches how many were made
 * @param allFailed in how many no engine answered
 * @param engines in the order of the configuration
 */
public record SearchReport(long searches, long allFailed, List<EngineReport> engines) {
    public SearchReport {
        engines = List.copyOf(engines);
    }
}
