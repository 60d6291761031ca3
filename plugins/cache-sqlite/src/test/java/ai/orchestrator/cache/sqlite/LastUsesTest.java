package ai.orchestrator.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastUsesTest {
    private final LastUses lastUses = new LastUses();

    @Test
    void notesOnlySoManyUses() {
        for (long id = 0; id < 20_000; id++) {
            lastUses.note(id, 0, System.currentTimeMillis());
        }
        assertThat(lastUses.areMany()).isTrue();

        Map<Long, Long> all = new HashMap<>();
        for (Map<Long, Long> some = lastUses.take(500); !some.isEmpty(); some = lastUses.take(500)) {
            assertThat(some).hasSizeLessThanOrEqualTo(500);
            all.putAll(some);
        }

        assertThat(all).hasSize(10_000);
        assertThat(lastUses.areMany()).isFalse();
    }

    @Test
    void forgetsTheIdsOfAnotherFile() {
        lastUses.note(1, 0, System.currentTimeMillis());

        lastUses.clear();

        assertThat(lastUses.take(10)).isEmpty();
    }
}
