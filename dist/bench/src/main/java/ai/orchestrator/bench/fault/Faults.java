package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.run.Scenario;
import java.util.List;
import java.util.stream.Stream;

/** The faults that are measured. */
public final class Faults {
    private Faults() {}

    public static List<Scenario> all() {
        return Stream.<Scenario>concat(
                        Trouble.ALL.stream().map(RedisTrouble::new),
                        Damage.ALL.stream().map(SqliteDamage::new))
                .toList();
    }
}
