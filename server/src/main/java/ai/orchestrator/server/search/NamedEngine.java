package ai.orchestrator.server.search;

import ai.orchestrator.plugin.search.SearchEngine;

/**
 * A configured engine.
 *
 * @param name what reports and {@code X-Search} call it; unique
 * @param weight what its places count beside those of the others, more than 0; 1 is usual
 */
public record NamedEngine(String name, SearchEngine engine, double weight) {
    /** One that counts like the others. */
    public NamedEngine(String name, SearchEngine engine) {
        this(name, engine, 1);
    }
}
