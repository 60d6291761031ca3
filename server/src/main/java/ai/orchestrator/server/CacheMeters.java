package ai.orchestrator.server;

import ai.orchestrator.server.cache.TierReport;
import ai.orchestrator.server.cache.TieredResponseCache;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The cache's tiers as meters: what {@code /api/stats} shows of them, for those who collect it. */
final class CacheMeters {
    private static final List<String> QUANTILES = List.of("p50", "p99");
    private static final List<String> WINDOWS = List.of("last_minute", "last_hour", "since_start");

    private final MeterRegistry registry;
    private final TieredResponseCache cache;
    private final int tier;
    private final Tag name;

    private CacheMeters(MeterRegistry registry, TieredResponseCache cache, int tier) {
        this.registry = registry;
        this.cache = cache;
        this.tier = tier;
        this.name = Tag.create("tier", cache.tiers().get(tier));
    }

    static void register(MeterRegistry registry, TieredResponseCache cache) {
        for (int tier = 0; tier < cache.tiers().size(); tier++) {
            CacheMeters meters = new CacheMeters(registry, cache, tier);
            meters.lookups();
            meters.writes();
            meters.state();
        }
    }

    private void lookups() {
        String counter = "orchestrator.cache.lookups";
        String what = "Lookups in a tier, by what came of them";
        counter(counter, what, report -> report.lookups().hits(), Tag.create("result", "hit"));
        counter(counter, what, report -> report.lookups().misses(), Tag.create("result", "miss"));
        counter(counter, what, report -> report.lookups().unsound(), Tag.create("result", "unsound"));
        counter(counter, what, report -> report.lookups().errors(), Tag.create("result", "error"));
        counter(counter, what, report -> report.lookups().skipped(), Tag.create("result", "skipped"));
        latency("orchestrator.cache.lookup.ms", "Milliseconds of a lookup", report -> report.lookups()
                .latency());
        for (String window : WINDOWS) {
            gauge(
                    "orchestrator.cache.hit.rate",
                    "Share of lookups that were hits",
                    report -> number(report.lookups().hitRate().getOrDefault(window, 0)),
                    Tag.create("window", window));
        }
    }

    private void writes() {
        counter("orchestrator.cache.puts", "Entries stored", report -> report.writes()
                .puts());
        counter("orchestrator.cache.put.errors", "Writes that failed", report -> report.writes()
                .errors());
        counter("orchestrator.cache.dropped", "Entries not stored", report -> report.writes()
                .dropped());
        counter("orchestrator.cache.evictions", "Entries that left before their time", report -> report.usage()
                .evictions());
        latency("orchestrator.cache.put.ms", "Milliseconds to store an entry", report -> report.writes()
                .latency());
    }

    private void state() {
        gauge("orchestrator.cache.entries", "Entries, -1 where unknown", report ->
                (double) report.usage().entries());
        gauge("orchestrator.cache.bytes", "Bytes of all entries, -1 where unknown", report ->
                (double) report.usage().bytes());
        gauge("orchestrator.cache.out.of.use", "1 while a tier is left out", report -> report.outOfUse() ? 1.0 : 0.0);
        counter("orchestrator.cache.outages", "How often a tier was left out", TierReport::outages);
        gauge(
                "orchestrator.cache.out.seconds",
                "Seconds a tier was left out",
                report -> report.outFor().toMillis() / 1_000.0);
    }

    private void latency(String meter, String description, Function<TierReport, Map<String, Object>> latency) {
        for (String quantile : QUANTILES) {
            gauge(
                    meter,
                    description,
                    report -> number(latency.apply(report).getOrDefault(quantile, 0)),
                    Tag.create("quantile", quantile));
        }
    }

    private void counter(String meter, String description, ToLongFunction<TierReport> value, Tag... tags) {
        registry.getOrCreate(FunctionalCounter.builder(meter, this, meters -> value.applyAsLong(meters.report()))
                .description(description)
                .tags(with(tags)));
    }

    private void gauge(String meter, String description, Function<TierReport, Double> value, Tag... tags) {
        registry.getOrCreate(Gauge.builder(meter, () -> value.apply(report()))
                .description(description)
                .tags(with(tags)));
    }

    private List<Tag> with(Tag... tags) {
        List<Tag> all = new ArrayList<>(List.of(tags));
        all.addFirst(name);
        return all;
    }

    private TierReport report() {
        return cache.report(tier);
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }
}
