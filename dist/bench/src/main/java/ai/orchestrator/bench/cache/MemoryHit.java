package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.run.Home;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Samples;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Separation;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Answers out of memory, not streamed, against a bare handler with the same request and the same reply. */
public final class MemoryHit implements Scenario {
    private static final Result.LeastRatio THROUGHPUT = new Result.LeastRatio(0.6);
    private static final double MOST_P99 = 2;
    private static final String PER_CPU = "requests/s of CPU";
    private static final double RATE = 1_000;
    private static final int ENTRIES = 1_000;

    @Override
    public String name() {
        return "memory-hit";
    }

    @Override
    public String purpose() {
        return "answers out of memory, against a bare handler with the same bytes";
    }

    @Override
    public Measured measure(Setup setup) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        try (Separation apart = Separation.begin();
                Server upstream = Upstream.start(setup, Upstream.DELAY);
                Server product = Server.product(
                        setup,
                        Home.with(setup, name(), Tiers.configuration(upstream, Tiers.MEMORY, Tiers.SQLITE)),
                        apart::apart)) {
            for (Wire wire : Wire.values()) {
                results.addAll(measure(setup, apart, product, wire));
            }
            results.add(Result.floor(
                    name(),
                    "the product's memory afterwards",
                    "MB",
                    Samples.of(product.child().residentBytes() / 1e6)));
            return new Measured(results, List.of(apart.note(), new Fast(setup).note()));
        }
    }

    private List<Result> measure(Setup setup, Separation apart, Server product, Wire wire)
            throws IOException, InterruptedException {
        Requests requests = wire.requests(false).cycling(0, ENTRIES);
        Stored.all(product, requests, "memory");
        HttpResponse<byte[]> reply = Ask.post(product.base().resolve(wire.path()), requests.nextBody());
        try (Server bare = FloorServer.start(setup, apart, wire, reply)) {
            Expected hit = Expected.hit("memory");
            Loaded own = Loaded.product(product, requests, hit);
            Loaded floor = Loaded.bare(bare, requests, hit);
            WarmUp.settle(own, setup.loading().length());
            WarmUp.settle(floor, setup.loading().length());
            List<Rounds> fast = new Fast(setup).rounds(List.of(floor, own));
            List<Rounds> even = Rounds.of(
                    setup.loading().rounds(),
                    List.of(floor, own),
                    each -> each.open(RATE, setup.loading().length()));
            return results(wire, fast, even);
        }
    }

    private List<Result> results(Wire wire, List<Rounds> fast, List<Rounds> even) {
        String bare = "bare handler, " + wire.shown();
        String own = "the product, " + wire.shown();
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
                Result.floor(name(), own + ", CPU time", "ms per 1,000", product.cpu()),
                Result.floor(
                        name(), bare + ", p99 at 1,000/s", "ms", even.getFirst().millis(99)),
                Result.floor(
                        name(), own + ", p50 at 1,000/s", "ms", even.getLast().millis(50)),
                Result.atMost(
                        name(),
                        own + ", p99 at 1,000/s",
                        MOST_P99,
                        "ms",
                        even.getLast().millis(99)));
    }
}
