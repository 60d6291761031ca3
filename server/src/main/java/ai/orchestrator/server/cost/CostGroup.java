package ai.orchestrator.server.cost;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Answers that are summed up together; days are those of UTC. */
record CostGroup(LocalDate day, String tenant, String route, String model) {
    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
