package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.cache.Stored;
import ai.orchestrator.bench.cache.WarmUp;
import ai.orchestrator.bench.load.OpenLoop;
import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * A tier that breaks and recovers, again and again, under a steady load.
 *
 * @param tier the first of the product's tiers, which breaks
 * @param strike breaks it
 * @param heal has it recover
 */
record Strikes(String tier, Step strike, Step heal) {
    private static final double RATE = 500;
    private static final int CONNECTIONS = 256;
    private static final Duration FAULT = Duration.ofSeconds(8);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(20);

    /** What came of it, and why the first request failed if one did. */
    record Outcome(Felt felt, String firstFailure) {
        /** What a report has to tell beside the figures. */
        List<String> notes(String scenario) {
            return firstFailure.isEmpty()
                    ? List.of()
                    : List.of(scenario + ": the first request that failed did so by: " + firstFailure);
        }
    }

    Outcome against(Setup setup, Server product, FaultLoad load) throws IOException, InterruptedException {
        Requests requests = load.requests();
        Duration calm = setup.loading().length();
        WarmUp.settle(product, requests, calm);
        if (load == FaultLoad.HITS) {
            Stored.all(product, requests, tier);
        }
        Felt felt = new Felt();
        Timeline timeline = new Timeline();
        try (OpenLoop loop = OpenLoop.start(product.address(), CONNECTIONS, RATE, requests, timeline)) {
            Thread.sleep(calm);
            for (int round = 0; round < setup.loading().rounds(); round++) {
                long begin = System.nanoTime();
                Thread.sleep(calm);
                long struck = System.nanoTime();
                strike.take();
                Thread.sleep(FAULT);
                long end = System.nanoTime();
                heal.take();
                if (load == FaultLoad.HITS) {
                    felt.addBack(untilBack(timeline, System.nanoTime()));
                }
                Thread.sleep(REST);
                felt.add(timeline, begin, struck, end);
            }
            loop.stop();
        }
        return new Outcome(felt, timeline.firstFailure());
    }

    /** Waits until an answer comes out of the tier again; as long as that may take if none does. */
    private long untilBack(Timeline timeline, long healed) throws InterruptedException {
        while (System.nanoTime() - healed < LONGEST_RECOVERY.toNanos()) {
            OptionalLong first = timeline.firstFrom(tier, healed);
            if (first.isPresent()) {
                return first.getAsLong() - healed;
            }
            Thread.sleep(STEP);
        }
        return LONGEST_RECOVERY.toNanos();
    }
}
