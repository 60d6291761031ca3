package ai.orchestrator.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Requests at a fixed rate, whatever the server does. How long a reply takes counts from when its request was due: where a server stalls, the requests
 * that could not even be sent meanwhile count with all their wait.
 *
 * <p>Each connection has a thread that takes the next request that is due, waits until it is, sends it and reads the reply.
 */
public final class OpenLoop implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Requests requests;
    private final Listener listener;
    private final long begin;
    private final double nanosApart;
    private final AtomicLong next = new AtomicLong();
    private final List<Lane> lanes;
    private final List<Thread> threads;

    /** Requests that are due later are not sent. */
    private volatile long until;

    private OpenLoop(InetSocketAddress address, int connections, double rate, Requests requests, Listener listener) {
        this.requests = requests;
        this.listener = listener;
        this.nanosApart = Duration.ofSeconds(1).toNanos() / rate;
        this.lanes = IntStream.range(0, connections)
                .mapToObj(ignored -> new Lane(address, requests.length()))
                .toList();
        this.begin = System.nanoTime();
        this.until = begin + Long.MAX_VALUE;
        this.threads = lanes.stream()
                .map(lane -> Thread.ofPlatform().daemon().name("load").start(() -> ask(lane)))
                .toList();
    }

    /**
     * Begins to ask.
     *
     * @param connections how many requests may be under way; more wait, which counts
     * @param rate requests a second
     */
    public static OpenLoop start(
            InetSocketAddress address, int connections, double rate, Requests requests, Listener listener) {
        return new OpenLoop(address, connections, rate, requests, listener);
    }

    /** Asks for so long, and waits for the replies. */
    public static void run(
            InetSocketAddress address,
            int connections,
            double rate,
            Requests requests,
            Duration length,
            Listener listener)
            throws IOException, InterruptedException {
        try (OpenLoop loop = start(address, connections, rate, requests, listener)) {
            Thread.sleep(length);
            loop.stop();
        }
    }

    /** Sends what was due until now, and waits for the replies, but not for ever: what is not there then has failed. */
    public void stop() throws InterruptedException {
        until = System.nanoTime();
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        close();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Breaks off. */
    @Override
    public void close() {
        until = until - System.nanoTime() < 0 ? until : System.nanoTime();
        lanes.forEach(Lane::close);
    }

    private void ask(Lane lane) {
        while (true) {
            long due = begin + (long) (next.getAndIncrement() * nanosApart);
            Pace.await(due, () -> due - until > 0);
            if (due - until > 0) {
                return;
            }
            lane.ask(due, requests, listener);
        }
    }
}
