package ai.orchestrator.server.orchestration;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bill. */
public interface CostReports {
    /** What lines are made for. */
    enum By {
        /** The day, of UTC. */
        DAY,
        /** The rule that chose the model. */
        ROUTE,
        /** The full name of the model that answered. */
        MODEL,
        /** The tenant whose key came with the request; empty where none did. */
        KEY
    }

    /**
     * What is asked.
     *
     * @param from the first day
     * @param to the last day
     * @param by may be empty: all in one line
     * @param tenant whose answers alone count; empty for everybody's
     */
    record Query(LocalDate from, LocalDate to, List<By> by, Optional<String> tenant) {
        public Query {
            by = List.copyOf(by);
        }
    }

    /**
     * The sums of one group.
     *
     * @param group a text for each {@link Query#by}; days as {@code 2026-11-29}
     */
    record Line(Map<By, String> group, CostFigures figures) {
        public Line {
            group = Map.copyOf(group);
        }
    }

    /**
     * The lines, in order of their groups, with all that was booked before the call.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if the ledger cannot be read
     */
    List<Line> report(Query query);
}
