package ai.orchestrator.server.cost;

import java.math.BigDecimal;
import java.util.List;

/** Money that is set aside in some budgets' periods. Guarded by its {@link Budgets}. */
final class Held {
    private final List<BudgetPeriod> periods;
    private BigDecimal left;

    /** @param amount set aside in each of the periods */
    Held(List<BudgetPeriod> periods, BigDecimal amount) {
        this.periods = List.copyOf(periods);
        this.left = amount;
        periods.forEach(period -> period.reserve(amount));
    }

    /** Takes a cost out of it; what it does not cover is spent all the same. */
    void spend(BigDecimal cost) {
        BigDecimal covered = cost.min(left).max(BigDecimal.ZERO);
        left = left.subtract(covered);
        periods.forEach(period -> {
            period.reserve(covered.negate());
            period.spend(cost);
        });
    }

    boolean holds() {
        return left.signum() > 0 && !periods.isEmpty();
    }

    /** Frees what is left. */
    void release() {
        periods.forEach(period -> period.reserve(left.negate()));
        left = BigDecimal.ZERO;
    }
}
