package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.cache.Tiers;
import ai.orchestrator.bench.cache.Upstream;
import ai.orchestrator.bench.run.Home;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Separation;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Something befalls the SQLite file, which is the only tier. */
final class SqliteDamage implements Scenario {
    private static final String TIER = "sqlite";

    private final Damage damage;

    SqliteDamage(Damage damage) {
        this.damage = damage;
    }

    @Override
    public String name() {
        return damage.name();
    }

    @Override
    public String purpose() {
        return damage.purpose();
    }

    @Override
    public Measured measure(Setup setup) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        try (Separation apart = Separation.begin();
                Server upstream = Upstream.start(setup, Upstream.DELAY)) {
            notes.add(apart.note());
            for (FaultLoad load : FaultLoad.values()) {
                Home home = Home.with(setup, name() + "-" + load, Tiers.configuration(upstream, Tiers.SQLITE));
                try (Server product = Server.product(setup, home, apart::apart)) {
                    Strikes.Outcome outcome = new Strikes(
                                    TIER, () -> damage.strike().take(home), () -> damage.heal()
                                            .take(home))
                            .against(setup, product, load);
                    results.addAll(outcome.felt().withoutFailure(name(), load.shown()));
                    notes.addAll(outcome.notes(name()));
                }
            }
        }
        return new Measured(results, notes);
    }
}
