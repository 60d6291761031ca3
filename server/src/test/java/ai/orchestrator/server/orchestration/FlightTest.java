package ai.orchestrator.server.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.ModelEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlightTest {
    private static final Ended END = new Ended(Optional.of(BigDecimal.ZERO), Duration.ZERO);

    private final Flight flight = new Flight();
    private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final Fakes.Sink sink = new Fakes.Sink() {
        @Override
        public void event(ModelEvent event) {
            seen.add("piece");
        }

        @Override
        public void onLeave(Runnable action) {
            leaves = action;
            seen.add("watches");
        }

        @Override
        public void idle() {
            seen.add("sign of life");
        }
    };
    private volatile Runnable leaves = () -> {};
    private Thread follower = new Thread(() -> {});

    @AfterEach
    void end() throws InterruptedException {
        flight.complete(END);
        follower.join();
    }

    @Test
    void aFollowerToWhomNothingComesWatchesItsClientAndGivesItASignOfLife() throws InterruptedException {
        follow();
        flight.tick();
        assertThat(next()).isEqualTo("watches");
        flight.tick();
        assertThat(next()).isEqualTo("sign of life");

        flight.emit(new ModelEvent.Text("a"));
        assertThat(next()).isEqualTo("piece");
        assertThat(seen).isEmpty();
    }

    @Test
    void looksAfterAClientThatHasLeftWithoutWaitingForTheNextTick() throws InterruptedException {
        follow();
        flight.tick();
        assertThat(next()).isEqualTo("watches");

        leaves.run();
        assertThat(next()).isEqualTo("sign of life");
    }

    @Test
    void whoJoinsLateWatchesItsClientAndHasNoTicksToMakeUpFor() throws InterruptedException {
        flight.tick();
        flight.tick();
        flight.emit(new ModelEvent.Text("a"));
        follow();

        assertThat(next()).isEqualTo("piece");
        assertThat(next()).isEqualTo("watches");
        flight.complete(END);
        follower.join();
        assertThat(seen).isEmpty();
    }

    private void follow() throws InterruptedException {
        assertThat(flight.join()).isTrue();
        CountDownLatch waits = new CountDownLatch(1);
        follower = Thread.ofPlatform().start(() -> {
            waits.countDown();
            flight.follow(sink, begun -> {
                throw new AssertionError("nothing is known of this answer: " + begun);
            });
        });
        waits.await();
        while (follower.getState() == Thread.State.RUNNABLE && seen.isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private String next() throws InterruptedException {
        return Optional.ofNullable(seen.poll(30, TimeUnit.SECONDS)).orElse("nothing");
    }
}
