package ai.orchestrator.server.search;

import ai.orchestrator.plugin.search.SearchEngine;

/**
 * A configured engine.
 *
 * @param name what reports and {@code X-Search} call it; unique
 */
public record NamedEngine(String name, SearchEngine engine) {}
