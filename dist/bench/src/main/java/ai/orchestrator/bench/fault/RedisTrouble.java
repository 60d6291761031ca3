package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.cache.Stored;
import ai.orchestrator.bench.cache.Tiers;
import ai.orchestrator.bench.cache.Upstream;
import ai.orchestrator.bench.cache.WarmUp;
import ai.orchestrator.bench.load.OpenLoop;
import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.run.Home;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.RedisServer;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Separation;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Redis breaks and recovers, again and again, under a steady load; answers are in SQLite, too. */
final class RedisTrouble implements Scenario {
    private static final double RATE = 500;
    private static final int CONNECTIONS = 256;
    private static final Duration FAULT = Duration.ofSeconds(8);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(20);

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
                try (RedisServer redis = RedisServer.start(setup);
                        Proxy proxy = Proxy.start(redis.port())) {
                    String tier = Tiers.redis(trouble.proxied() ? proxy.port() : redis.port());
                    Home home =
                            Home.with(setup, name() + "-" + load, Tiers.configuration(upstream, tier, Tiers.SQLITE));
                    try (Server product = Server.product(setup, home, apart::apart)) {
                        results.addAll(strike(setup, product, redis, proxy, load, notes));
                    }
                }
            }
        }
        return new Measured(results, notes);
    }

    private List<Result> strike(
            Setup setup, Server product, RedisServer redis, Proxy proxy, FaultLoad load, List<String> notes)
            throws IOException, InterruptedException {
        Requests requests = load.requests();
        WarmUp.settle(product, requests, setup.loading().length());
        if (load == FaultLoad.HITS) {
            Stored.all(product, requests, "redis");
        }
        Felt felt = new Felt();
        Timeline timeline = new Timeline();
        Duration calm = setup.loading().length();
        try (OpenLoop loop = OpenLoop.start(product.address(), CONNECTIONS, RATE, requests, timeline)) {
            Thread.sleep(calm);
            for (int round = 0; round < setup.loading().rounds(); round++) {
                long begin = System.nanoTime();
                Thread.sleep(calm);
                long strike = System.nanoTime();
                trouble.strike().take(redis, proxy);
                Thread.sleep(FAULT);
                long end = System.nanoTime();
                trouble.heal().take(redis, proxy);
                if (load == FaultLoad.HITS) {
                    felt.addBack(untilBack(timeline, System.nanoTime()));
                }
                Thread.sleep(REST);
                felt.add(timeline, begin, strike, end);
            }
            loop.stop();
        }
        if (!timeline.firstFailure().isEmpty()) {
            notes.add(name() + ": the first request that failed: " + timeline.firstFailure() + ".");
        }
        return felt.results(name(), load.shown());
    }

    /** Waits until an answer comes out of Redis again; as long as that may take if none does. */
    private static long untilBack(Timeline timeline, long healed) throws InterruptedException {
        while (System.nanoTime() - healed < LONGEST_RECOVERY.toNanos()) {
            OptionalLong first = timeline.firstFrom("redis", healed);
            if (first.isPresent()) {
                return first.getAsLong() - healed;
            }
            Thread.sleep(STEP);
        }
        return LONGEST_RECOVERY.toNanos();
    }
}
