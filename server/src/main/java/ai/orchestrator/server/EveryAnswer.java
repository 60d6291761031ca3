package ai.orchestrator.server;

import ai.orchestrator.server.cost.LedgerFeedback;
import ai.orchestrator.server.cost.SqliteCostLedger;
import ai.orchestrator.server.orchestration.Stats;
import ai.orchestrator.server.stats.Statistics;
import java.time.Duration;

/** Tells all who want to know of every answer. */
record EveryAnswer(Statistics statistics, SqliteCostLedger ledger, LedgerFeedback feedback) implements Stats {
    @Override
    public void record(Answered answered) {
        statistics.record(answered);
        ledger.saved(answered);
        feedback.remember(answered);
    }

    @Override
    public void recordFailure(Duration took, boolean cancelled) {
        statistics.recordFailure(took, cancelled);
    }
}
