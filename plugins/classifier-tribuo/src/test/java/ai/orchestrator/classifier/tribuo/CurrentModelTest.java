package ai.orchestrator.classifier.tribuo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentModelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    @Test
    void goes_back_to_the_shipped_model_when_the_file_is_spoilt_and_away() throws Exception {
        Path file = home.resolve("classifier.model");
        Files.writeString(file, "no model at all, but long enough to be looked at as one");
        Ticking clock = new Ticking();
        CurrentModel current = new CurrentModel(new ModelStore(file), clock);

        assertThat(current.get().origin()).isEqualTo("comes with the plugin");
        assertThat(current.health().state()).isEqualTo(Health.State.DEGRADED);
        assertThat(current.health().detail())
                .isEqualTo(
                        "classifier.model is not used: it is no model file of this classifier; the model that comes with the "
                                + "plugin is used");

        Files.delete(file);
        clock.advance();
        eventually(() -> current.get().problem().isEmpty());
        assertThat(current.health().state()).isEqualTo(Health.State.UP);
        current.close();
    }

    static void eventually(BooleanSupplier holds) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(10);
        }
    }

    /** A clock that the test moves, each time past the time of the next look. */
    static final class Ticking extends Clock {
        private volatile Instant now = Instant.EPOCH;

        void advance() {
            now = now.plusSeconds(60);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
