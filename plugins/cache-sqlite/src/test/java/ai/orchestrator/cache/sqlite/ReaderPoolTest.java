package ai.orchestrator.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.testkit.Eventually;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderPoolTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsAReadThatStillWaitsForItsTurnWhenThePoolIsClosed(boolean virtual) throws Exception {
        CacheFile file = new CacheFile(home.resolve("c.sqlite"));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Connection _ = file.openForWriting().connection()) {
            ReaderPool pool = new ReaderPool(file, false, new LastUses(), 1);
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> read(pool, reader -> {
                        begun.countDown();
                        return await(release);
                    }));
            assertThat(await(begun)).isTrue();
            CompletableFuture<PluginFailure> outcome = new CompletableFuture<>();
            Thread waiting = (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon())
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

    @Test
    void readsOnThePlatformThreadThatAsksAndNeverOnAVirtualOne() throws Exception {
        CacheFile file = new CacheFile(home.resolve("c.sqlite"));
        try (Connection _ = file.openForWriting().connection();
                ReaderPool pool = new ReaderPool(file, false, new LastUses(), 2)) {
            Thread own = pool.read(reader -> Thread.currentThread(), LONG);
            assertThat(own).isSameAs(Thread.currentThread());

            CompletableFuture<Thread> reading = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    reading.complete(pool.read(reader -> Thread.currentThread(), LONG));
                } catch (SQLException e) {
                    reading.completeExceptionally(e);
                }
            });
            assertThat(reading.get(30, TimeUnit.SECONDS).isVirtual()).isFalse();
        }
    }

    @Test
    void oneReadThatHangsHoldsNoOtherUp() throws Exception {
        CacheFile file = new CacheFile(home.resolve("c.sqlite"));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Connection _ = file.openForWriting().connection();
                ReaderPool pool = new ReaderPool(file, false, new LastUses(), 2)) {
            Thread.ofVirtual()
                    .start(() -> read(pool, reader -> {
                        begun.countDown();
                        return await(release);
                    }));
            assertThat(await(begun)).isTrue();

            for (int i = 0; i < 100; i++) {
                Optional<CacheEntry> found = pool.read(reader -> reader.find(TestTiers.key(1)), LONG);
                assertThat(found).isEmpty();
            }
            release.countDown();
        }
    }

    @Test
    void failsAReadCleanlyWhoseEntryCannotBeMadeOut() throws Exception {
        CacheFile file = new CacheFile(home.resolve("c.sqlite"));
        try (Connection _ = file.openForWriting().connection();
                ReaderPool pool = new ReaderPool(file, false, new LastUses(), 1)) {
            ReaderPool.Reading<Boolean> broken = reader -> {
                throw new IllegalStateException("from the driver");
            };

            assertThat(catchThrowableOfType(PluginFailure.class, () -> pool.read(broken, LONG)))
                    .hasMessage("The cache file could not be read.");
            boolean next = pool.read(reader -> true, LONG);
            assertThat(next).isTrue();
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
