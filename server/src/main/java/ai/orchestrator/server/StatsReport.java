package ai.orchestrator.server;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.server.cache.TierReport;
import ai.orchestrator.server.cache.TieredResponseCache;
import ai.orchestrator.server.config.Product;
import ai.orchestrator.server.cost.BudgetState;
import ai.orchestrator.server.cost.SqliteCostLedger;
import ai.orchestrator.server.http.Rights;
import ai.orchestrator.server.http.admin.StatsView;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.plugin.PluginHost;
import ai.orchestrator.server.plugin.Service;
import ai.orchestrator.server.plugin.Services;
import ai.orchestrator.server.search.SearchReport;
import ai.orchestrator.server.stats.Statistics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What {@code /api/stats} shows: the counts, and the state of every part. */
final class StatsReport implements StatsView {
    private final Statistics statistics;
    private final TieredResponseCache cache;
    private final Supplier<SearchReport> searches;
    private final SqliteCostLedger ledger;
    private final ModelCatalog models;
    private final PluginHost plugins;
    private final Clock clock;
    private final Instant started;

    StatsReport(
            Statistics statistics,
            TieredResponseCache cache,
            Supplier<SearchReport> searches,
            SqliteCostLedger ledger,
            ModelCatalog models,
            PluginHost plugins,
            Clock clock) {
        this.statistics = statistics;
        this.cache = cache;
        this.searches = searches;
        this.ledger = ledger;
        this.models = models;
        this.plugins = plugins;
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    public Map<String, Object> snapshot() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("version", Product.VERSION);
        report.put("uptime_seconds", Duration.between(started, clock.instant()).toSeconds());
        Map<String, Object> counts = new LinkedHashMap<>(statistics.snapshot());
        Map<String, Object> cost = new LinkedHashMap<>();
        cost.put("spent_usd", ledger.totals().spent());
        cost.put("saved_usd", counts.remove("saved_usd"));
        cost.put("calls_of_unknown_cost", ledger.totals().unknown());
        cost.put("answers_of_unknown_saving", counts.remove("saved_unknown_answers"));
        if (counts.get("cache") instanceof Map<?, ?> outcomes) {
            Map<String, Object> withTiers = new LinkedHashMap<>();
            outcomes.forEach((name, value) -> withTiers.put(String.valueOf(name), value));
            withTiers.put(
                    "tiers", cache.reports().stream().map(StatsReport::tier).toList());
            counts.put("cache", withTiers);
        }
        report.putAll(counts);
        report.put("search", SearchFigures.of(searches.get()));
        report.put("cost", cost);
        report.put(
                "budgets",
                ledger.budgets(Rights.limitedTo()).stream()
                        .map(BudgetState::shown)
                        .toList());
        report.put(
                "loaded_models",
                models.running().stream().map(StatsReport::loaded).toList());
        report.put("providers", providers(plugins.services()));
        report.put(
                "plugins",
                plugins.report().stream()
                        .map(plugin -> {
                            Map<String, Object> shown = new LinkedHashMap<>();
                            shown.put("id", plugin.id());
                            shown.put("version", plugin.version());
                            shown.put("state", plugin.state().name().toLowerCase(Locale.ROOT));
                            if (!plugin.reason().isEmpty()) {
                                shown.put("reason", plugin.reason());
                            }
                            return shown;
                        })
                        .toList());
        return report;
    }

    private static List<Map<String, Object>> providers(Services services) {
        List<Map<String, Object>> providers = new ArrayList<>();
        services.cacheTiers().forEach(service -> providers.add(provider("cache", service)));
        services.modelProviders().forEach(service -> providers.add(provider("model", service)));
        services.embeddingProviders().forEach(service -> providers.add(provider("embedding", service)));
        services.searchEngines().forEach(service -> providers.add(provider("search", service)));
        services.reranker().forEach(service -> providers.add(provider("reranker", service)));
        services.classifier().forEach(service -> providers.add(provider("classifier", service)));
        return providers;
    }

    private static Map<String, Object> loaded(ModelCatalog.Running running) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", running.model().name());
        shown.put("engine", running.state().engine());
        shown.put("bytes", running.state().sizeBytes());
        shown.put("context_length", running.state().contextLength());
        running.state().expiresAt().ifPresent(time -> shown.put("expires_at", time.toString()));
        return shown;
    }

    private static Map<String, Object> provider(String family, Service<?> service) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("family", family);
        shown.put("name", service.name());
        shown.put("kind", service.kind());
        shown.put("plugin", service.pluginId());
        shown.putAll(health(service.instance().health()));
        return shown;
    }

    private static Map<String, Object> tier(TierReport tier) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", tier.name());
        shown.putAll(health(tier.health()));
        shown.put("out_of_use", tier.outOfUse());
        if (tier.outOfUse()) {
            shown.put("out_because", tier.reason());
        }
        shown.put("outages", tier.outages());
        shown.put("out_seconds", tier.outFor().toMillis() / 1_000.0);
        TierReport.Lookups lookups = tier.lookups();
        shown.put("hits", lookups.hits());
        shown.put("misses", lookups.misses());
        shown.put("unsound", lookups.unsound());
        shown.put("errors", lookups.errors());
        shown.put("skipped", lookups.skipped());
        shown.put("hit_rate", lookups.hitRate());
        shown.put("lookup_ms", lookups.latency());
        TierReport.Writes writes = tier.writes();
        shown.put("puts", writes.puts());
        shown.put("put_errors", writes.errors());
        shown.put("dropped", writes.dropped());
        shown.put("waiting", writes.waiting());
        shown.put("put_ms", writes.latency());
        shown.put("owed_removals", tier.owedRemovals());
        shown.put("entries", tier.usage().entries());
        shown.put("bytes", tier.usage().bytes());
        shown.put("max_bytes", tier.usage().maxBytes());
        shown.put("evictions", tier.usage().evictions());
        return shown;
    }

    private static Map<String, Object> health(Health health) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("state", health.state().name().toLowerCase(Locale.ROOT));
        if (!health.detail().isEmpty()) {
            shown.put("detail", health.detail());
        }
        return shown;
    }
}
