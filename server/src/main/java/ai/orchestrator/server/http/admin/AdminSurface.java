package ai.orchestrator.server.http.admin;

import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.Routes;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.orchestration.ResponseCache;
import ai.orchestrator.server.orchestration.RoutingRules;
import ai.orchestrator.server.orchestration.WebSearch;

/** This server's own endpoints. */
public final class AdminSurface implements Surface {
    private static final long MAX_BODY = 2L << 20;

    private final StatsView stats;
    private final AnalyzeEndpoint analyze;
    private final SearchEndpoint search;
    private final CacheEndpoints cache;

    public AdminSurface(
            StatsView stats,
            RoutingRules rules,
            ComplexityClassifier classifier,
            WebSearch webSearch,
            ResponseCache responseCache) {
        this.stats = stats;
        analyze = new AnalyzeEndpoint(rules, classifier, MAX_BODY);
        search = new SearchEndpoint(webSearch, MAX_BODY);
        cache = new CacheEndpoints(responseCache);
    }

    @Override
    public void addTo(Routes routes) {
        routes.get("/api/stats", ErrorStyle.PLAIN, exchange -> exchange.sendJson(JsonTree.of(stats.snapshot())))
                .post("/api/analyze", ErrorStyle.PLAIN, analyze)
                .post("/api/search", ErrorStyle.PLAIN, search)
                .delete("/api/cache", ErrorStyle.PLAIN, cache::removeSelected)
                .delete("/api/cache/{key}", ErrorStyle.PLAIN, cache::removeOne);
    }
}
