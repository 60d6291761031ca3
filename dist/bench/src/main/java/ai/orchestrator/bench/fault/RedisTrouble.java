package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.cache.Tiers;
import ai.orchestrator.bench.cache.Upstream;
import ai.orchestrator.bench.run.Home;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.RedisServer;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Separation;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Something befalls Redis; answers are in SQLite, too. */
final class RedisTrouble implements Scenario {
    private static final String TIER = "redis";

    private final Trouble trouble;

    RedisTrouble(Trouble trouble) {
        this.trouble = trouble;
    }

    @Override
    public String name() {
        return trouble.name();
    }

    @Override
    public String purpose() {
        return trouble.purpose();
    }

    @Override
    public Measured measure(Setup setup) throws IOException, InterruptedException {
        if (setup.loading().redis().isEmpty()) {
            return Measured.nothing(name(), RedisServer.MISSING);
        }
        List<Result> results = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        try (Separation apart = Separation.begin();
                Server upstream = Upstream.start(setup, Upstream.DELAY)) {
            notes.add(apart.note());
            for (FaultLoad load : FaultLoad.values()) {
                Strikes.Outcome outcome = strike(setup, apart, upstream, load);
                results.addAll(outcome.felt().inBudget(name(), load.shown()));
                notes.addAll(outcome.notes(name()));
            }
        }
        return new Measured(results, notes);
    }

    private Strikes.Outcome strike(Setup setup, Separation apart, Server upstream, FaultLoad load)
            throws IOException, InterruptedException {
        try (RedisServer redis = RedisServer.start(setup);
                Proxy proxy = Proxy.start(redis.port())) {
            String tier = Tiers.redis(trouble.proxied() ? proxy.port() : redis.port());
            Home home = Home.with(setup, name() + "-" + load, Tiers.configuration(upstream, tier, Tiers.SQLITE));
            try (Server product = Server.product(setup, home, apart::apart)) {
                return new Strikes(TIER, () -> trouble.strike().take(redis, proxy), () -> trouble.heal()
                                .take(redis, proxy))
                        .against(setup, product, load);
            }
        }
    }
}
