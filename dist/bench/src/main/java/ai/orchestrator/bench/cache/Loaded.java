package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.ClosedLoop;
import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.load.OpenLoop;
import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.load.Tally;
import ai.orchestrator.bench.run.Server;
import java.io.IOException;
import java.time.Duration;

/**
 * A server and what it is asked. A reply that is neither expected nor accepted fails the run.
 *
 * @param accepted what replies may be without failing the run; they are counted apart
 */
record Loaded(Server server, Requests requests, Expected expected, Expected accepted) {
    private static final int CONNECTIONS = 64;

    /** One whose replies have to be as expected. */
    Loaded(Server server, Requests requests, Expected expected) {
        this(server, requests, expected, expected);
    }

    /** As many requests as it can answer. */
    Run closed(Duration length) throws IOException {
        Tally tally = new Tally(expected, accepted);
        Duration before = server.child().cpuTime();
        Duration took = new ClosedLoop(server.address(), CONNECTIONS).run(requests, length, tally);
        return new Run(tally.require(), took, server.child().cpuTime().minus(before));
    }

    /** So many requests a second. */
    Run open(double rate, Duration length) throws IOException, InterruptedException {
        Tally tally = new Tally(expected, accepted);
        Duration before = server.child().cpuTime();
        OpenLoop.run(server.address(), CONNECTIONS, rate, requests, length, tally);
        return new Run(tally.require(), length, server.child().cpuTime().minus(before));
    }
}
