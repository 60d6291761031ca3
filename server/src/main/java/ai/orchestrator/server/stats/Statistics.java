package ai.orchestrator.server.stats;

import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.Stats;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** Counts since start, as {@code /api/stats} and {@code /observe/metrics} show them. */
public final class Statistics implements Stats, AutoCloseable {
    private final Tally byStatus = new Tally();
    private final Tally hitsByTier = new Tally();
    private final Tally byRoute = new Tally();
    private final Tally byModel = new Tally();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder completionTokens = new LongAdder();
    private final LongAdder savedUnknown = new LongAdder();
    private final Latencies hits = new Latencies();
    private final Latencies others = new Latencies();
    private final HitRate hitRate = new HitRate(() -> byStatus.of(name(CacheStatus.HIT)), this::lookedUp);
    private final Future<?> ticking =
            ForkJoinPool.commonPool().scheduleAtFixedRate(hitRate::tick, 1, 1, TimeUnit.SECONDS);
    private BigDecimal saved = BigDecimal.ZERO;

    @Override
    public void record(Answered answered) {
        byStatus.add(name(answered.cache()));
        answered.tier().ifPresent(hitsByTier::add);
        byRoute.add(answered.route());
        byModel.add(answered.model());
        promptTokens.add(answered.promptTokens());
        completionTokens.add(answered.completionTokens());
        (answered.cache() == CacheStatus.HIT ? hits : others).add(answered.took());
        answered.saved().ifPresentOrElse(this::addSaved, savedUnknown::increment);
    }

    @Override
    public void recordFailure(Duration took, boolean wasCancelled) {
        (wasCancelled ? cancelled : failed).increment();
    }

    @Override
    public void close() {
        ticking.cancel(false);
    }

    /** The counts as a tree of names and numbers. */
    public Map<String, Object> snapshot() {
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("requests", requests());
        snapshot.put("cache", cache());
        snapshot.put("tokens", ordered("prompt", promptTokens.sum(), "completion", completionTokens.sum()));
        snapshot.put("latency_ms", ordered("hit", hits.snapshot(), "other", others.snapshot()));
        snapshot.put("saved_usd", savedSoFar());
        snapshot.put("saved_unknown_answers", savedUnknown.sum());
        snapshot.put("routes", byRoute.snapshot());
        snapshot.put("models", byModel.snapshot());
        return snapshot;
    }

    /** Shows the counts as meters. */
    public void register(MeterRegistry registry) {
        for (CacheStatus status : CacheStatus.values()) {
            counter(
                    registry,
                    "orchestrator.answers",
                    "Answers given, by what the cache did",
                    List.of(Tag.create("cache", name(status))),
                    statistics -> statistics.byStatus.of(name(status)));
        }
        counter(registry, "orchestrator.failures", "Requests that failed", List.of(), s -> s.failed.sum());
        counter(registry, "orchestrator.cancellations", "Clients that left", List.of(), s -> s.cancelled.sum());
        counter(
                registry,
                "orchestrator.tokens",
                "Tokens by models",
                List.of(Tag.create("kind", "prompt")),
                s -> s.promptTokens.sum());
        counter(
                registry,
                "orchestrator.tokens",
                "Tokens by models",
                List.of(Tag.create("kind", "completion")),
                s -> s.completionTokens.sum());
    }

    private Map<String, Object> requests() {
        long answered =
                byStatus.snapshot().values().stream().mapToLong(Long::longValue).sum();
        Map<String, Object> requests = new LinkedHashMap<>();
        requests.put("total", answered + failed.sum() + cancelled.sum());
        requests.put("answered", answered);
        requests.put("failed", failed.sum());
        requests.put("cancelled", cancelled.sum());
        return requests;
    }

    /** The hit rate is the share of hits among the answers that were looked up. */
    private Map<String, Object> cache() {
        Map<String, Object> cache = new LinkedHashMap<>();
        cache.put("hits", byStatus.of(name(CacheStatus.HIT)));
        cache.put("hits_by_tier", hitsByTier.snapshot());
        for (CacheStatus status :
                List.of(CacheStatus.MISS, CacheStatus.SHARED, CacheStatus.REFRESH, CacheStatus.BYPASS)) {
            cache.put(plural(status), byStatus.of(name(status)));
        }
        Map<String, Object> rates = hitRate.snapshot();
        cache.put("hit_rate", rates.remove("since_start"));
        cache.put("hit_rate_last_minute", rates.get("last_minute"));
        cache.put("hit_rate_last_hour", rates.get("last_hour"));
        return cache;
    }

    private long lookedUp() {
        return byStatus.of(name(CacheStatus.HIT))
                + byStatus.of(name(CacheStatus.MISS))
                + byStatus.of(name(CacheStatus.SHARED));
    }

    private static String plural(CacheStatus status) {
        return switch (status) {
            case HIT -> "hits";
            case MISS -> "misses";
            case SHARED -> "shared";
            case REFRESH -> "refreshes";
            case BYPASS -> "bypasses";
        };
    }

    private static String name(CacheStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private synchronized void addSaved(BigDecimal more) {
        saved = saved.add(more);
    }

    private synchronized BigDecimal savedSoFar() {
        return saved;
    }

    private void counter(
            MeterRegistry registry, String name, String description, List<Tag> tags, ToLongFunction<Statistics> value) {
        registry.getOrCreate(FunctionalCounter.builder(name, this, value::applyAsLong)
                .description(description)
                .tags(tags));
    }

    private static Map<String, Object> ordered(String first, Object value, String second, Object other) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, value);
        map.put(second, other);
        return map;
    }
}
