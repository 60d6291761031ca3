package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.peer.PassOn;
import ai.orchestrator.bench.run.Home;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Samples;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Separation;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Answers that a model has to make, which is a mock here, against a bare handler that passes the same requests on to it. */
public final class Miss implements Scenario {
    private static final Result.LeastRatio THROUGHPUT = new Result.LeastRatio(0.65);
    private static final double MOST_ADDED_P50 = 0.3;
    private static final double MOST_ADDED_P99 = 1;
    private static final String PER_CPU = "requests/s of CPU";
    private static final double RATE = 500;

    @Override
    public String name() {
        return "miss";
    }

    @Override
    public String purpose() {
        return "new answers by way of a mock upstream, against a bare handler that passes on";
    }

    @Override
    public Measured measure(Setup setup) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        try (Separation apart = Separation.begin();
                Server upstream = Upstream.start(setup, Upstream.DELAY)) {
            results.addAll(measure(setup, apart, upstream, "tiers as shipped", Tiers.MEMORY, Tiers.SQLITE));
            results.addAll(measure(setup, apart, upstream, "memory alone", Tiers.MEMORY));
            return new Measured(results, List.of(apart.note(), new Fast(setup).note()));
        }
    }

    private List<Result> measure(Setup setup, Separation apart, Server upstream, String shown, String... tiers)
            throws IOException, InterruptedException {
        Home home = Home.with(setup, name() + "-" + tiers.length, Tiers.configuration(upstream, tiers));
        try (Server product = Server.product(setup, home, apart::apart);
                Server bare = Server.peer(
                        setup,
                        PassOn.class,
                        apart::apart,
                        Wire.OPENAI.path(),
                        upstream.base().resolve(Wire.OPENAI.path()).toString())) {
            Loaded own = Loaded.product(product, Wire.OPENAI.requests(false), Expected.MISS);
            Loaded floor = Loaded.bare(bare, Wire.OPENAI.requests(false), Expected.ANSWER);
            WarmUp.settle(own, setup.loading().length());
            WarmUp.settle(floor, setup.loading().length());
            List<Rounds> fast = new Fast(setup).rounds(List.of(floor, own));
            List<Rounds> even = Rounds.of(
                    setup.loading().rounds(),
                    List.of(floor, own),
                    each -> each.open(RATE, setup.loading().length()));
            List<Result> results = new ArrayList<>(throughput(shown, fast));
            results.addAll(latency(shown, even));
            return results;
        }
    }

    private List<Result> throughput(String shown, List<Rounds> fast) {
        String bare = "bare handler that passes on (beside " + shown + ")";
        String own = "the product, " + shown;
        Rounds floor = fast.getFirst();
        Rounds product = fast.getLast();
        return List.of(
                Result.floor(name(), bare, "requests/s", floor.perSecond()),
                Result.floor(name(), own, "requests/s", product.perSecond())
                        .against(floor.perSecond())
                        .within(THROUGHPUT),
                Result.floor(name(), bare, PER_CPU, floor.perCpuSecond()),
                Result.floor(name(), own, PER_CPU, product.perCpuSecond())
                        .against(floor.perCpuSecond())
                        .within(THROUGHPUT),
                Result.floor(name(), bare + ", CPU time", "ms per 1,000", floor.cpu()),
                Result.floor(name(), own + ", CPU time", "ms per 1,000", product.cpu()));
    }

    private List<Result> latency(String shown, List<Rounds> even) {
        Rounds floor = even.getFirst();
        Rounds product = even.getLast();
        Samples p50 = product.millis(50).above(floor.millis(50));
        Samples p99 = product.millis(99).above(floor.millis(99));
        return List.of(
                Result.floor(name(), "bare handler that passes on, p50 at 500/s", "ms", floor.millis(50)),
                Result.floor(name(), "bare handler that passes on, p99 at 500/s", "ms", floor.millis(99)),
                Result.atMost(name(), "added p50 at 500/s, " + shown, MOST_ADDED_P50, "ms", p50),
                Result.atMost(name(), "added p99 at 500/s, " + shown, MOST_ADDED_P99, "ms", p99));
    }
}
