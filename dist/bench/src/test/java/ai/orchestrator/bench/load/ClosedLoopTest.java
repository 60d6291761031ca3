package ai.orchestrator.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
    private static final Requests REQUESTS = Requests.post("/", "", "{\"n\":\"" + Requests.MARK + "\"}");
    private static final String OK = FakeServer.reply("X-Cache: HIT\r\nX-Cache-Tier: memory\r\n", "{}");

    @Test
    void asManyAreAskedAsWereWantedAndEachIsAnother() throws Exception {
        Tally tally = new Tally(Expected.hit("memory"));
        try (FakeServer server = new FakeServer(body -> OK)) {
            new ClosedLoop(server.address(), 8).run(REQUESTS.cycling(100, 25), 50, tally);

            assertThat(server.connections()).isEqualTo(8);
            assertThat(server.bodies()).hasSize(50).contains("{\"n\":\"000000000100\"}", "{\"n\":\"000000000124\"}");
            assertThat(server.bodies().stream().distinct()).hasSize(25);
        }
        assertThat(tally.require().answered()).isEqualTo(50);
    }

    @Test
    void aReplyThatIsNotAsExpectedIsAFailure() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Tally tally = new Tally(Expected.hit("memory"));
        try (FakeServer server = new FakeServer(
                body -> asked.incrementAndGet() % 10 == 0 ? FakeServer.reply("X-Cache: MISS\r\n", "{}") : OK)) {
            new ClosedLoop(server.address(), 2).run(REQUESTS, 100, tally);
        }

        assertThat(tally.failures()).isEqualTo(10);
        assertThat(tally.answered()).isEqualTo(90);
        assertThatThrownBy(tally::require)
                .isInstanceOf(IOException.class)
                .hasMessage("10 of 100 requests failed, the first by: status 200, X-Cache 'MISS', X-Cache-Tier ''");
    }

    @Test
    void acceptedRepliesAreCountedApart() throws Exception {
        Tally tally = new Tally(Expected.hit("redis"), Expected.MISS);
        try (FakeServer server = new FakeServer(body -> FakeServer.reply("X-Cache: MISS\r\n", "{}"))) {
            new ClosedLoop(server.address(), 1).run(REQUESTS, 3, tally);
        }

        assertThat(tally.require().answered()).isEqualTo(3);
        assertThat(tally.others()).isEqualTo(3);
    }

    @Test
    void aServerThatBreaksOffEndsTheRun() throws Exception {
        try (FakeServer server = new FakeServer(body -> {
            throw new IOException("no reply");
        })) {
            ClosedLoop loop = new ClosedLoop(server.address(), 1);
            Tally tally = new Tally(Expected.ANSWER);

            assertThatThrownBy(() -> loop.run(REQUESTS, Duration.ofSeconds(5), tally))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(tally::require).hasMessage("no request was answered");
        }
    }
}
