package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.ClosedLoop;
import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.load.Tally;
import ai.orchestrator.bench.run.Server;
import java.io.IOException;

/** Has the product store answers before they are asked for. */
public final class Stored {
    private static final int CONNECTIONS = 4;
    private static final int PASSES = 8;
    private static final long PAUSE_MILLIS = 300;

    private Stored() {}

    /** Asks for each of the requests until all are answered out of the tier; what the product had no time to write is asked for again. */
    public static void all(Server product, Requests requests, String tier) throws IOException, InterruptedException {
        ClosedLoop loop = new ClosedLoop(product.address(), CONNECTIONS);
        Tally last = new Tally(Expected.hit(tier));
        for (int pass = 0; pass < PASSES; pass++) {
            last = new Tally(Expected.hit(tier));
            loop.run(requests, requests.distinct(), last);
            if (last.failures() == 0) {
                return;
            }
            Thread.sleep(PAUSE_MILLIS); // for what still waits to be written
        }
        last.require();
    }
}
