package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.NewEntry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryWriterTest {
    private static final Slice ALL = new Slice(1000, Long.MAX_VALUE);

    @TempDir
    Path home;

    private final LastUses lastUses = new LastUses();
    private FileWriter writer;
    private EntryReader reader;

    @BeforeEach
    void open() throws Exception {
        CacheFile file = new CacheFile(home.resolve("c.sqlite"));
        writer = new FileWriter(file.openForWriting());
        reader = new EntryReader(file.openForReading(), false, lastUses);
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
            put(i, entry("body"), LONG);
        }
        long later = System.currentTimeMillis() + 1000;
        writer.entries().writeLastUses(Map.of(1L, later, 3L, later));

        Deleted deleted = writer.entries().removeLeastRecentlyUsed(new Slice(100, NewRow.size(entry("body")) + 1));
        writer.commit();

        assertThat(deleted.unexpired()).isEqualTo(2);
        assertThat(reader.find(key(1))).isPresent();
        assertThat(reader.find(key(2))).isEmpty();
        assertThat(reader.find(key(3))).isPresent();
        assertThat(reader.find(key(4))).isEmpty();
    }

    @Test
    void takesNoMoreThanASliceButAlwaysOneRow() throws Exception {
        writer.begin();
        for (int i = 1; i <= 9; i++) {
            put(i, entry(10_000), LONG);
        }

        CacheSelector.OfAnyScope all = new CacheSelector.All();
        assertThat(writer.entries()
                        .removeSome(all, 9, new Slice(2, Long.MAX_VALUE))
                        .rows())
                .isEqualTo(2);
        assertThat(writer.entries().removeSome(all, 9, new Slice(100, 25_000)).rows())
                .isEqualTo(3);
        assertThat(writer.entries()
                        .removeSome(new CacheSelector.ByModel("m"), 9, new Slice(100, 1))
                        .rows())
                .isOne();
        assertThat(writer.entries().removeSome(all, 8, ALL).rows()).isEqualTo(2);
        assertThat(writer.entries().removeSome(all, 9, ALL).any()).isTrue();
        assertThat(writer.entries().removeSome(all, 9, ALL).any()).isFalse();
        writer.commit();
    }

    @Test
    void notesAUseOnlyLongAfterTheOneOnFile() throws Exception {
        writer.begin();
        put(1, entry("body"), LONG);
        put(2, entry("body"), LONG);
        long anHourAgo = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
        writer.entries().writeLastUses(Map.of(2L, anHourAgo));
        writer.commit();

        assertThat(reader.find(key(1))).isPresent();
        assertThat(reader.find(key(2))).isPresent();

        assertThat(lastUses.take(10)).containsOnlyKeys(2L);
        assertThat(lastUses.take(10)).isEmpty();
    }

    private void put(int key, CacheEntry entry, Duration ttl) throws SQLException {
        writer.entries().put(NewRow.of(new NewEntry(key(key), entry, ttl)));
    }
}
