package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.ClosedLoop;
import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.load.Tally;
import ai.orchestrator.bench.run.Home;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Samples;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Identical requests at once, half of them streamed: how often the upstream is asked. */
public final class SingleFlight implements Scenario {
    private static final int HALF = 100;
    private static final Duration DELAY = Duration.ofMillis(500); // so that all have come before the answer does

    @Override
    public String name() {
        return "single-flight";
    }

    @Override
    public String purpose() {
        return "200 identical requests at once, and the calls that they cause";
    }

    @Override
    public Measured measure(Setup setup) throws IOException, InterruptedException {
        List<Double> calls = new ArrayList<>();
        try (Server upstream = Upstream.start(setup, DELAY);
                Server product = Server.product(
                        setup,
                        Home.with(setup, name(), Tiers.configuration(upstream, Tiers.MEMORY, Tiers.SQLITE)),
                        Server.ANYWHERE)) {
            for (int round = 0; round < setup.loading().rounds(); round++) {
                long before = Upstream.calls(upstream);
                askAtOnce(product, round);
                calls.add((double) (Upstream.calls(upstream) - before));
            }
        }
        return Measured.of(List.of(
                Result.atMost(name(), "upstream calls for 200 identical requests", 1, "calls", new Samples(calls))));
    }

    private static void askAtOnce(Server product, int question) throws IOException, InterruptedException {
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<Tally>> halves = new ArrayList<>();
            for (boolean stream : new boolean[] {true, false}) {
                halves.add(both.submit(() -> {
                    Tally tally = new Tally(Expected.ANSWER);
                    new ClosedLoop(product.address(), HALF)
                            .run(Wire.OLLAMA.requests(stream).cycling(question, 1), HALF, tally);
                    return tally.require();
                }));
            }
            for (Future<Tally> half : halves) {
                half.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("identical requests were not all answered", e);
        }
    }
}
