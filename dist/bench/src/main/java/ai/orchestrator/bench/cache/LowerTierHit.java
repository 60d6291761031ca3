package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.run.Home;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Separation;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.util.List;

/**
 * Answers out of one tier, which is the only one, so that each comes from there. A lookup that the product gives up is a miss, which is counted: it takes as
 * long as the product has waited for the tier, and the upstream's time.
 */
record LowerTierHit(String scenario, String tier) {
    private static final double MOST_P99 = 10;
    private static final double RATE = 1_000;
    private static final int ENTRIES = 10_000;

    List<Result> measure(Setup setup, Separation apart, String settings) throws IOException, InterruptedException {
        try (Server upstream = Upstream.start(setup, Upstream.DELAY);
                Server product = Server.product(
                        setup, Home.with(setup, scenario, Tiers.configuration(upstream, settings)), apart::apart)) {
            Requests requests = Wire.OLLAMA.requests(false).cycling(0, ENTRIES);
            Stored.all(product, requests, tier);
            Loaded loaded = new Loaded(product, requests, Expected.hit(tier), Expected.MISS, true);
            WarmUp.settle(loaded, setup.loading().length());
            Rounds fast = new Fast(setup).rounds(List.of(loaded)).getFirst();
            Rounds even = Rounds.of(
                            setup.loading().rounds(),
                            List.of(loaded),
                            each -> each.open(RATE, setup.loading().length()))
                    .getFirst();
            return List.of(
                    Result.floor(scenario, "the product", "requests/s", fast.perSecond()),
                    Result.floor(scenario, "the product, CPU time", "ms per 1,000", fast.cpu()),
                    Result.floor(scenario, "the product, p50 at 1,000/s", "ms", even.millis(50)),
                    Result.atMost(scenario, "the product, p99 at 1,000/s", MOST_P99, "ms", even.millis(99)),
                    Result.floor(
                                    scenario,
                                    "answers at 1,000/s for which the tier was passed over",
                                    "requests",
                                    even.samples(run -> run.tally().others()))
                            .within(new Result.AlwaysMost(0, "requests")));
        }
    }
}
