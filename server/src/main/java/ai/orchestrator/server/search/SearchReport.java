package ai.orchestrator.server.search;

import java.util.List;

/**
 * How searching has gone since the start.
 *
 * @param searches how many were made
 * @param allFailed in how many no engine answered
 * @param dropped how many results were kept from models, since they seemed to command them
 * @param engines in the order of the configuration
 */
public record SearchReport(long searches, long allFailed, long dropped, List<EngineReport> engines) {
    public SearchReport {
        engines = List.copyOf(engines);
    }
}
