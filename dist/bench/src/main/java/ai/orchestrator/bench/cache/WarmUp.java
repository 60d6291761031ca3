package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.run.Server;
import java.io.IOException;
import java.time.Duration;

/**
 * Asks a server until it takes no less CPU time for a request than before, which is when Java has compiled what it runs. On one processor that takes the product about a
 * minute.
 */
public final class WarmUp {
    private static final double BETTER = 0.95;
    private static final int PATIENCE = 3;
    private static final int MOST_RUNS = 24;

    private WarmUp() {}

    /** Asks a server whose answers may come from anywhere. */
    public static void settle(Server server, Requests requests, Duration length) throws IOException {
        settle(Loaded.bare(server, requests, Expected.ANSWER), length);
    }

    /** @param length of each of the runs that are compared */
    static void settle(Loaded server, Duration length) throws IOException {
        double best = Double.MAX_VALUE;
        int inVain = 0;
        for (int run = 0; run < MOST_RUNS && inVain < PATIENCE; run++) {
            double cost = server.closed(length).cpuMillisPerThousand();
            inVain = cost < best * BETTER ? 0 : inVain + 1;
            best = Math.min(best, cost);
        }
    }
}
