package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.cache.Stored;
import ai.orchestrator.bench.cache.Tiers;
import ai.orchestrator.bench.cache.Upstream;
import ai.orchestrator.bench.load.OpenLoop;
import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.run.Home;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Separation;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The SQLite file is damaged under a steady load; each time with a server and a file of its own. */
final class SqliteDamage implements Scenario {
    private static final double RATE = 500;
    private static final int CONNECTIONS = 256;
    private static final int WARM_UP = 2; // times the length of a run
    private static final Duration FAULT = Duration.ofSeconds(8);

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
                Felt felt = new Felt();
                for (int round = 0; round < setup.loading().rounds(); round++) {
                    Home home = Home.with(
                            setup, name() + "-" + load + "-" + round, Tiers.configuration(upstream, Tiers.SQLITE));
                    try (Server product = Server.product(setup, home, apart::apart)) {
                        strike(setup, product, home, load, felt, notes);
                    }
                }
                results.addAll(felt.results(name(), load.shown()));
            }
        }
        return new Measured(results, notes);
    }

    private void strike(Setup setup, Server product, Home home, FaultLoad load, Felt felt, List<String> notes)
            throws IOException, InterruptedException {
        Requests requests = load.requests();
        if (load == FaultLoad.HITS) {
            Stored.all(product, requests, "sqlite");
        }
        Duration calm = setup.loading().length();
        Timeline timeline = new Timeline();
        try (OpenLoop loop = OpenLoop.start(product.address(), CONNECTIONS, RATE, requests, timeline)) {
            Thread.sleep(calm.multipliedBy(WARM_UP));
            long begin = System.nanoTime();
            Thread.sleep(calm);
            long strike = System.nanoTime();
            damage.blow().strike(home);
            Thread.sleep(FAULT);
            long end = System.nanoTime();
            loop.stop();
            felt.add(timeline, begin, strike, end);
        }
        if (!timeline.firstFailure().isEmpty()) {
            notes.add(name() + ": the first request that failed: " + timeline.firstFailure() + ".");
        }
    }
}
