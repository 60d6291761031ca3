package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Separation;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.util.List;

/** Answers out of the SQLite file. */
public final class SqliteHit implements Scenario {
    @Override
    public String name() {
        return "sqlite-hit";
    }

    @Override
    public String purpose() {
        return "answers out of the SQLite file alone";
    }

    @Override
    public Measured measure(Setup setup) throws IOException, InterruptedException {
        try (Separation apart = Separation.begin()) {
            return new Measured(
                    new LowerTierHit(name(), "sqlite").measure(setup, apart, Tiers.SQLITE),
                    List.of(apart.note(), new Fast(setup).note()));
        }
    }
}
