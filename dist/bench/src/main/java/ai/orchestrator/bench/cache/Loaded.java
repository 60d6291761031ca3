package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.ClosedLoop;
import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.load.OpenLoop;
import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.load.Tally;
import ai.orchestrator.bench.load.Wrk;
import ai.orchestrator.bench.load.WrkSummary;
import ai.orchestrator.bench.run.Server;
import java.io.IOException;
import java.time.Duration;

/**
 * A server and what it is asked. A reply that is neither expected nor accepted fails the run.
 *
 * @param accepted what replies may be without failing the run; they are counted apart
 * @param counts whether the server tells what it has answered, as the product does
 */
record Loaded(Server server, Requests requests, Expected expected, Expected accepted, boolean counts) {
    private static final int CONNECTIONS = 64;

    /** The product, whose replies have to be as expected. */
    static Loaded product(Server server, Requests requests, Expected expected) {
        return new Loaded(server, requests, expected, expected, true);
    }

    /** A server of this module, whose replies have to be as expected. */
    static Loaded bare(Server server, Requests requests, Expected expected) {
        return new Loaded(server, requests, expected, expected, false);
    }

    /** As many requests as it can answer. */
    Run closed(Duration length) throws IOException {
        Tally tally = new Tally(expected, accepted);
        Duration before = server.child().cpuTime();
        Duration took = new ClosedLoop(server.address(), CONNECTIONS).run(requests, length, tally);
        return new Run(tally.require(), took, server.child().cpuTime().minus(before));
    }

    /**
     * As many requests as it can answer, sent by {@code wrk}. That looks at the status of a reply only, so the server's own counts of hits and misses have to
     * agree with it, but for what was under way at the end.
     */
    Run closed(Wrk wrk, Duration length) throws IOException, InterruptedException {
        long countedBefore = counted();
        Duration before = server.child().cpuTime();
        WrkSummary summary = wrk.run(server.address(), CONNECTIONS, requests, length);
        Duration cpu = server.child().cpuTime().minus(before);
        long counted = counted() - countedBefore;
        if (counts && Math.abs(counted - summary.answered()) > CONNECTIONS) {
            throw new IOException("wrk was answered " + summary.answered() + " requests, but the server counts "
                    + counted + " answers as they have to be");
        }
        return new Run(summary.answered(), new Tally(expected), summary.took(), cpu);
    }

    /** How many answers the server has given that are as expected, or accepted. */
    private long counted() throws IOException, InterruptedException {
        if (!counts) {
            return 0;
        }
        Counts all = Counts.of(server);
        return all.of(expected) + (accepted.equals(expected) ? 0 : all.of(accepted));
    }

    /** So many requests a second. */
    Run open(double rate, Duration length) throws IOException, InterruptedException {
        Tally tally = new Tally(expected, accepted);
        Duration before = server.child().cpuTime();
        OpenLoop.run(server.address(), CONNECTIONS, rate, requests, length, tally);
        return new Run(tally.require(), length, server.child().cpuTime().minus(before));
    }
}
