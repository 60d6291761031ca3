package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.ClosedLoop;
import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.load.Tally;
import ai.orchestrator.bench.run.Home;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Samples;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.util.List;

/** How much memory the server holds after a million answers out of its cache, on all processors and with no model loaded. */
public final class MemoryUse implements Scenario {
    private static final double MOST = 400;
    private static final double MEGA = 1e6;
    private static final long HITS = 1_000_000;
    private static final int ENTRIES = 1_000;
    private static final int CONNECTIONS = 64;

    @Override
    public String name() {
        return "memory-use";
    }

    @Override
    public String purpose() {
        return "resident memory after a million answers out of the cache";
    }

    @Override
    public Measured measure(Setup setup) throws IOException, InterruptedException {
        try (Server upstream = Upstream.start(setup, Upstream.DELAY);
                Server product = Server.product(
                        setup,
                        Home.with(setup, name(), Tiers.configuration(upstream, Tiers.MEMORY, Tiers.SQLITE)),
                        Server.ANYWHERE)) {
            Samples before = Samples.of(product.child().residentBytes() / MEGA);
            Requests requests = Wire.OLLAMA.requests(false).cycling(0, ENTRIES);
            Stored.all(product, requests, "memory");
            Tally tally = new Tally(Expected.hit("memory"));
            new ClosedLoop(product.address(), CONNECTIONS).run(requests, HITS, tally);
            tally.require();
            Samples after = Samples.of(product.child().residentBytes() / MEGA);
            return Measured.of(List.of(
                    Result.floor(name(), "the server after its start", "MB", before),
                    Result.atMost(name(), "the server after 1,000,000 hits", MOST, "MB", after)));
        }
    }
}
