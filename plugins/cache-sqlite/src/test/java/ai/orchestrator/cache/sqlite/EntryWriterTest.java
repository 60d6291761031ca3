package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryWriterTest {
    @TempDir
    Path home;

    private final LastUses lastUses = new LastUses();
    private EntryWriter writer;
    private EntryReader reader;

    @BeforeEach
    void open() throws Exception {
        CacheFile file = new CacheFile(home.resolve("c.sqlite"));
        writer = new EntryWriter(file.openForWriting());
        writer.countAll();
        reader = new EntryReader(file.openForReading(), lastUses);
    }

    @AfterEach
    void close() throws Exception {
        reader.close();
        writer.close();
    }

    @Test
    void sparesWhatWasUsedLast() throws Exception {
        writer.begin();
        for (int i = 1; i <= 4; i++) {
            writer.put(key(i), entry("body"), LONG);
        }
        long later = System.currentTimeMillis() + 1000;
        writer.writeLastUses(Map.of(1L, later, 3L, later));

        EntryWriter.Deleted deleted = writer.removeLeastRecentlyUsed(100, EntryWriter.size(entry("body")) + 1);
        writer.commit();

        assertThat(deleted.unexpired()).isEqualTo(2);
        assertThat(reader.find(key(1))).isPresent();
        assertThat(reader.find(key(2))).isEmpty();
        assertThat(reader.find(key(3))).isPresent();
        assertThat(reader.find(key(4))).isEmpty();
    }

    @Test
    void countsOnlyWhatWasCommitted() throws Exception {
        writer.begin();
        writer.put(key(1), entry("body"), LONG);
        writer.commit();
        writer.begin();
        writer.put(key(1), entry(500), LONG);
        writer.put(key(2), entry(500), LONG);
        writer.rollback();

        assertThat(writer.entries()).isOne();
        assertThat(writer.bytes()).isEqualTo(EntryWriter.size(entry("body")));
        assertThat(reader.find(key(1))).contains(entry("body"));
    }

    @Test
    void countsTheSameAfterwardsAsAlong() throws Exception {
        writer.begin();
        for (int i = 0; i < 50; i++) {
            writer.put(key(i % 30), entry(i * 10), i % 2 == 0 ? LONG : Duration.ofNanos(1));
        }
        writer.remove(key(3));
        writer.removeLeastRecentlyUsed(5, Long.MAX_VALUE);
        writer.commit();
        long entries = writer.entries();
        long bytes = writer.bytes();

        writer.countAll();

        assertThat(writer.entries()).isEqualTo(entries).isEqualTo(24);
        assertThat(writer.bytes()).isEqualTo(bytes);
    }

    @Test
    void notesAUseOnlyLongAfterTheOneOnFile() throws Exception {
        writer.begin();
        writer.put(key(1), entry("body"), LONG);
        writer.put(key(2), entry("body"), LONG);
        writer.writeLastUses(
                Map.of(2L, System.currentTimeMillis() - Duration.ofHours(1).toMillis()));
        writer.commit();

        assertThat(reader.find(key(1))).isPresent();
        assertThat(reader.find(key(2))).isPresent();

        assertThat(lastUses.take(10)).containsOnlyKeys(2L);
        assertThat(lastUses.take(10)).isEmpty();
    }

    @Test
    void notesOnlySoManyUses() {
        for (long id = 0; id < 20_000; id++) {
            lastUses.note(id, 0, System.currentTimeMillis());
        }
        Map<Long, Long> all = new HashMap<>();
        for (Map<Long, Long> some = lastUses.take(500); !some.isEmpty(); some = lastUses.take(500)) {
            assertThat(some).hasSizeLessThanOrEqualTo(500);
            all.putAll(some);
        }

        assertThat(all).hasSize(10_000);
    }
}
