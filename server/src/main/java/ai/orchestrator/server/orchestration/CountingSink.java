package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes an answer on and counts it. */
final class CountingSink implements AnswerSink {
    private final ChatRequest request;
    private final AnswerSink sink;
    private final Stats stats;
    private final CostLedger ledger;
    private final long arrived = System.nanoTime();
    private @Nullable AnswerStart start;
    private @Nullable Usage usage;

    CountingSink(ChatRequest request, AnswerSink sink, Stats stats, CostLedger ledger) {
        this.request = request;
        this.sink = sink;
        this.stats = stats;
        this.ledger = ledger;
    }

    @Override
    public void start(AnswerStart known) {
        start = known;
        sink.start(known);
    }

    @Override
    public void event(ModelEvent event) {
        if (event instanceof ModelEvent.Finished finished) {
            usage = finished.usage();
        }
        sink.event(event);
    }

    @Override
    public void onLeave(Runnable action) {
        sink.onLeave(action);
    }

    @Override
    public void idle() {
        sink.idle();
    }

    @Override
    public void end(AnswerEnd end) {
        if (start != null && usage != null) {
            stats.record(answered(start, usage, end.costUsd()));
        }
        sink.end(end);
    }

    /** Ends an answer that waited so long for somebody else. */
    void end(Optional<BigDecimal> cost, Duration outside) {
        Duration overhead = elapsed().minus(outside);
        end(new AnswerEnd(cost, overhead.isNegative() ? Duration.ZERO : overhead));
    }

    void failed(RuntimeException why) {
        stats.recordFailure(elapsed(), why instanceof PluginFailure.Cancelled);
    }

    private Stats.Answered answered(AnswerStart known, Usage used, Optional<BigDecimal> cost) {
        boolean fresh = known.cache() != CacheStatus.HIT && known.cache() != CacheStatus.SHARED;
        Optional<BigDecimal> saved = ledger.wouldHaveCost(used.promptTokens(), used.completionTokens())
                .flatMap(high -> cost.map(paid -> high.subtract(paid).max(BigDecimal.ZERO)));
        return new Stats.Answered(
                request,
                known.cache(),
                known.tier(),
                known.model(),
                known.remote(),
                known.route(),
                fresh ? used.promptTokens() : 0,
                fresh ? used.completionTokens() : 0,
                elapsed(),
                cost,
                saved);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - arrived);
    }
}
