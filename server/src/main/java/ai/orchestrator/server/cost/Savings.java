package ai.orchestrator.server.cost;

import ai.orchestrator.server.orchestration.CostFigures;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What answers saved since it was last written down. They may be tens of thousands a second, so that there is no row for each. */
final class Savings {
    private final Map<CostGroup, CostFigures> sums = new ConcurrentHashMap<>();

    void add(CostGroup group, CostFigures figures) {
        sums.merge(group, figures, CostFigures::plus);
    }

    /** All of them; what is added from now on is for the next time. */
    Map<CostGroup, CostFigures> take() {
        Map<CostGroup, CostFigures> taken = new HashMap<>();
        for (CostGroup group : sums.keySet()) {
            CostFigures figures = sums.remove(group);
            if (figures != null) {
                taken.put(group, figures);
            }
        }
        return taken;
    }

    /** Brings back what could not be written. */
    void putBack(Map<CostGroup, CostFigures> taken) {
        taken.forEach(this::add);
    }
}
