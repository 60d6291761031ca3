package ai.orchestrator.dist;

import ai.orchestrator.dist.Http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests that come without a pause, each of them another one, and what went wrong with them. */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 8;
    private static final int PAUSE_MILLIS = 10;

    private final Http http;
    private final String model;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;

    Load(Http http, String model) {
        this.http = http;
        this.model = model;
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(Thread.ofVirtual().start(this::ask));
        }
    }

    /** Goes on for a while; fails if no request at all was answered meanwhile. */
    void goOn(int atLeast) {
        int before = answered.get();
        long end = System.nanoTime() + 30_000_000_000L;
        while (answered.get() < before + atLeast) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("requests hang: " + failures);
            }
            Product.pause();
        }
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void ask() {
        while (!stopped) {
            int number = asked.incrementAndGet();
            try {
                Reply reply = http.post("/api/generate", """
                        {"model": "%s", "prompt": "question %d", "stream": false}""".formatted(model, number));
                if (reply.status() != 200) {
                    failures.add(reply.status() + " " + reply.body());
                }
                answered.incrementAndGet();
                Thread.sleep(PAUSE_MILLIS);
            } catch (RuntimeException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
