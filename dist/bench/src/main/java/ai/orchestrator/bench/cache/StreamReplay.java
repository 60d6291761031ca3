package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.load.Requests;
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

/** How soon the first byte of a stored answer comes that is streamed. */
public final class StreamReplay implements Scenario {
    private static final double MOST_P99 = 5;
    private static final double RATE = 1_000;
    private static final int ENTRIES = 1_000;

    @Override
    public String name() {
        return "stream-replay";
    }

    @Override
    public String purpose() {
        return "the first byte of stored answers that are streamed";
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
                Requests requests = wire.requests(true).cycling(0, ENTRIES);
                Stored.all(product, requests, "memory");
                Loaded loaded = Loaded.product(product, requests, Expected.hit("memory"));
                WarmUp.settle(loaded, setup.loading().length());
                Rounds rounds = Rounds.of(
                                setup.loading().rounds(),
                                List.of(loaded),
                                each -> each.open(RATE, setup.loading().length()))
                        .getFirst();
                String first = wire.stream() + ", first byte at 1,000/s";
                results.add(Result.floor(name(), first + ", p50", "ms", rounds.firstByteMillis(50)));
                results.add(Result.atMost(name(), first + ", p99", MOST_P99, "ms", rounds.firstByteMillis(99)));
                results.add(
                        Result.floor(name(), wire.stream() + ", last byte at 1,000/s, p99", "ms", rounds.millis(99)));
            }
            return new Measured(results, List.of(apart.note()));
        }
    }
}
