package ai.orchestrator.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private static final String OK = FakeServer.reply("X-Cache: HIT\r\nX-Cache-Tier: memory\r\n", "{}");
    private static final Requests REQUESTS = Requests.post("/", "", "{\"n\":\"" + Requests.MARK + "\"}");
    private static final double RATE = 1_000;
    private static final long MILLI = 1_000_000;

    /** What the listener was told. */
    private record Told(long due, long end, String failure) {}

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final Listener listener = new Listener() {
        @Override
        public void answered(long due, long first, long end, Reply reply) {
            told.add(new Told(due, end, ""));
        }

        @Override
        public void failed(long due, long end, String why) {
            told.add(new Told(due, end, why));
        }
    };

    @Test
    void requestsAreDueAtTheirRateWhateverTheServerDoes() throws Exception {
        try (FakeServer server = new FakeServer(body -> OK)) {
            OpenLoop.run(server.address(), 4, RATE, REQUESTS, Duration.ofMillis(300), listener);
        }

        List<Long> due = told.stream().map(Told::due).sorted().toList();
        assertThat(due).hasSizeGreaterThanOrEqualTo(300);
        for (int i = 1; i < due.size(); i++) {
            assertThat(due.get(i) - due.get(i - 1)).isEqualTo(MILLI);
        }
        assertThat(told).allMatch(each -> each.end >= each.due);
    }

    @Test
    void aStallCountsForEveryRequestThatWasDueMeanwhile() throws Exception {
        Duration stall = Duration.ofMillis(400);
        AtomicInteger asked = new AtomicInteger();
        Tally tally = new Tally(Expected.hit("memory"));
        // one connection: while the server stalls, a generator that waits for replies would send nothing, and so see
        // one slow reply only
        try (FakeServer server = new FakeServer(body -> {
            if (asked.incrementAndGet() == 50) {
                Thread.sleep(stall);
            }
            return OK;
        })) {
            OpenLoop.run(server.address(), 1, RATE, REQUESTS, Duration.ofMillis(500), tally);
        }

        tally.require();
        assertThat(tally.answered()).isGreaterThanOrEqualTo(500);
        assertThat(tally.millis(99.9)).isGreaterThanOrEqualTo(stall.toMillis() - 1.0);
        assertThat(tally.millis(70)).isGreaterThan(50);
    }

    @Test
    void requestsThatWereDueBeforeTheEndAreStillSent() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (FakeServer server = new FakeServer(body -> {
            goOn.await();
            return OK;
        })) {
            try (OpenLoop loop = OpenLoop.start(server.address(), 1, RATE, REQUESTS, listener)) {
                Thread.sleep(Duration.ofMillis(200));
                Thread.ofVirtual().start(() -> {
                    try {
                        Thread.sleep(Duration.ofMillis(100));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    goOn.countDown();
                });
                loop.stop();
            }
        }

        assertThat(told).hasSizeGreaterThanOrEqualTo(200).allMatch(each -> each.failure.isEmpty());
    }

    @Test
    void whatGetsNoReplyHasFailed() throws Exception {
        try (FakeServer server = new FakeServer(body -> {
            throw new IOException("no reply");
        })) {
            OpenLoop.run(server.address(), 2, RATE, REQUESTS, Duration.ofMillis(50), listener);
        }

        assertThat(told).hasSizeGreaterThanOrEqualTo(50).noneMatch(each -> each.failure.isEmpty());
    }

    @Test
    void connectionsAreKeptAndFailedOnesMadeAnew() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Tally tally = new Tally(Expected.hit("memory"));
        try (FakeServer server = new FakeServer(body -> {
            if (asked.incrementAndGet() == 20) {
                throw new IOException("once");
            }
            return OK;
        })) {
            OpenLoop.run(server.address(), 1, RATE, REQUESTS, Duration.ofMillis(200), tally);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(new HashSet<>(server.bodies())).hasSameSizeAs(server.bodies());
        }

        assertThat(tally.failures()).isEqualTo(1);
        assertThat(tally.answered()).isGreaterThanOrEqualTo(199);
        assertThatThrownBy(tally::require).isInstanceOf(IOException.class).hasMessageContaining("1 of ");
    }
}
