package ai.orchestrator.server.cost;

import java.math.BigDecimal;
import java.util.Optional;

/** Sums since start. */
public final class CostTotals {
    private BigDecimal spent = BigDecimal.ZERO;
    private long unknown;

    synchronized void add(Optional<BigDecimal> cost) {
        if (cost.isPresent()) {
            spent = spent.add(cost.get());
        } else {
            unknown++;
        }
    }

    /** A cost turned out to be another one. */
    synchronized void replace(Optional<BigDecimal> old, Optional<BigDecimal> cost) {
        if (old.isPresent()) {
            spent = spent.subtract(old.get());
        } else {
            unknown--;
        }
        add(cost);
    }

    /** US dollars spent on calls whose cost is known. */
    public synchronized BigDecimal spent() {
        return spent;
    }

    /** Calls whose cost nobody knows. */
    public synchronized long unknown() {
        return unknown;
    }
}
