package ai.orchestrator.server.cost;

import ai.orchestrator.server.orchestration.CostFigures;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One booked call of a model.
 *
 * @param at when it began
 * @param cost in US dollars; empty where nobody knows
 * @param assumed what budgets take it to have cost where nobody knows
 * @param estimated whether the call broke off, or its provider told what cannot be, so that tokens and cost are a guess
 */
record LedgerRow(
        Instant at,
        String requestId,
        String tenant,
        String route,
        String model,
        int promptTokens,
        int completionTokens,
        Optional<BigDecimal> cost,
        Optional<BigDecimal> assumed,
        boolean estimated) {

    /** The same call with another bill. */
    LedgerRow with(Bill bill, Optional<BigDecimal> assumption) {
        return new LedgerRow(
                at,
                requestId,
                tenant,
                route,
                model,
                bill.promptTokens(),
                bill.completionTokens(),
                bill.cost(),
                assumption,
                bill.estimated());
    }

    /** What budgets count. */
    BigDecimal counted() {
        return cost.or(() -> assumed).orElse(BigDecimal.ZERO);
    }

    /** Whether it cost money, so that it is worth a write of its own. */
    boolean costs() {
        return cost.filter(amount -> amount.signum() != 0).isPresent();
    }

    CostGroup group() {
        return new CostGroup(CostGroup.day(at), tenant, route, model);
    }

    CostFigures figures() {
        return CostFigures.ofCall(promptTokens, completionTokens, cost, assumed, estimated);
    }
}
