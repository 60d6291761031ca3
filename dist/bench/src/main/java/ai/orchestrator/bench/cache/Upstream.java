package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.peer.MockUpstream;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.time.Duration;

/** Starts the mock that the product's models are behind. */
public final class Upstream {
    /** How long it takes to answer where nothing else is said. */
    public static final Duration DELAY = Duration.ofMillis(1);

    private Upstream() {}

    public static Server start(Setup setup, Duration delay) throws IOException, InterruptedException {
        return Server.peer(setup, MockUpstream.class, Server.ANYWHERE, String.valueOf(delay.toNanos() / 1_000));
    }

    /** How often it was asked for an answer so far. */
    static long calls(Server upstream) throws IOException, InterruptedException {
        return Long.parseLong(Ask.get(upstream.base().resolve("/calls")));
    }
}
