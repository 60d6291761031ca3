package ai.orchestrator.server.http.admin;

import java.util.Map;

/** What {@code GET /api/stats} shows. */
@FunctionalInterface
public interface StatsView {
    /** Names with numbers, texts, lists, and names with the like, as of now. */
    Map<String, Object> snapshot();
}
