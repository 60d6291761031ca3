package ai.orchestrator.server.http.admin;

import java.util.Map;

/** What {@code /api/stats} shows. */
@FunctionalInterface
public interface StatsView {
    /** The figures now: maps, lists, strings, numbers and booleans, in the order in which they are shown. */
    Map<String, Object> snapshot();
}
