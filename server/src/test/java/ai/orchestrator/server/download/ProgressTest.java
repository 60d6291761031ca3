package ai.orchestrator.server.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void aLineIsSaidOnceASecondAtMost() {
        Progress progress = new Progress("tiny", OptionalLong.of(8_000_000), lines::add, clock::get);
        for (int quarter = 0; quarter < 8; quarter++) {
            progress.at(quarter * 1_000_000L);
            clock.addAndGet(Duration.ofMillis(250).toNanos());
        }

        assertThat(lines).containsExactly("tiny: 4 of 8 MB, 50 %");
    }

    @Test
    void withoutAKnownSizeThereIsNoShare() {
        Progress progress = new Progress("tiny", OptionalLong.empty(), lines::add, clock::get);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        progress.at(3_500_000);

        assertThat(lines).containsExactly("tiny: 3 MB");
    }
}
