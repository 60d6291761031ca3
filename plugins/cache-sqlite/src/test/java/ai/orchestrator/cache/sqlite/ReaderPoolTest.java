package ai.orchestrator.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.testkit.Eventually;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderPoolTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path home;

    @Test
    void endsAReadThatStillWaitsForItsTurnWhenThePoolIsClosed() throws Exception {
        CacheFile file = new CacheFile(home.resolve("c.sqlite"));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Connection writing = file.openForWriting()) {
            ReaderPool pool = new ReaderPool(file, new LastUses(), 1);
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> read(pool, reader -> {
                        begun.countDown();
                        return await(release);
                    }));
            assertThat(await(begun)).isTrue();
            CompletableFuture<PluginFailure> outcome = new CompletableFuture<>();
            Thread waiting = Thread.ofPlatform()
                    .daemon()
                    .start(() -> outcome.complete(
                            catchThrowableOfType(PluginFailure.class, () -> pool.read(reader -> true, LONG))));
            Eventually.await("the read to wait", () -> waiting.getState() == Thread.State.TIMED_WAITING);

            Thread.currentThread().interrupt(); // so that the pool does not wait for the reads
            pool.close();
            assertThat(Thread.interrupted()).isTrue();
            release.countDown();

            PluginFailure failure = outcome.get(30, TimeUnit.SECONDS);
            assertThat(failure).isInstanceOf(PluginFailure.Retriable.class).hasMessage("The cache file is closed.");
            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
        }
    }

    private static void read(ReaderPool pool, ReaderPool.Reading<Boolean> reading) {
        try {
            pool.read(reading, LONG);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
