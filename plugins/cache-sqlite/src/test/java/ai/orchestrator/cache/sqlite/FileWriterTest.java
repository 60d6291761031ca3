package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.NewEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWriterTest {
    @TempDir
    Path home;

    private final LastUses lastUses = new LastUses();
    private CacheFile file;
    private FileWriter writer;

    @BeforeEach
    void open() throws Exception {
        file = new CacheFile(home.resolve("c.sqlite"));
        writer = new FileWriter(file.openForWriting());
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    @Test
    void aNewFileHoldsNextToNothing() throws Exception {
        assertThat(writer.countOn(10)).isFalse();
        assertThat(writer.entryCount()).isZero();
        assertThat(writer.bytesInUse()).isEqualTo(writer.bytesOnDisk()).isBetween(4096L, 80_000L);
    }

    @Test
    void countsOnlyWhatWasCommitted() throws Exception {
        writer.countOn(10);
        writer.begin();
        put(1, entry("body"), LONG);
        writer.commit();
        long bytes = writer.bytesInUse();
        writer.begin();
        put(1, entry(50_000), LONG);
        put(2, entry(50_000), LONG);
        writer.rollback();

        assertThat(writer.entryCount()).isOne();
        assertThat(writer.bytesInUse()).isEqualTo(bytes);
        try (EntryReader reader = new EntryReader(file.openForReading(), false, lastUses)) {
            assertThat(reader.find(key(1))).contains(entry("body"));
        }
    }

    @Test
    void countsTheSameAfterwardsAsAlong() throws Exception {
        writer.countOn(10);
        putFifty();
        long bytes = writer.bytesInUse();
        assertThat(writer.entryCount()).isEqualTo(24);

        writer.close();
        writer = new FileWriter(file.openForWriting());

        assertThat(writer.entryCount()).isEqualTo(-1);
        writer.countOn(100);
        assertThat(writer.entryCount()).isEqualTo(24);
        assertThat(writer.bytesInUse()).isEqualTo(bytes);
    }

    @Test
    void countsOnWhileEntriesComeAndGo() throws Exception {
        writer.begin();
        for (int i = 0; i < 50; i++) {
            put(i, entry("body"), LONG);
        }
        writer.commit();
        writer.close();
        writer = new FileWriter(file.openForWriting());

        for (int i = 0; writer.countOn(7); i++) {
            writer.begin();
            writer.entries().remove(Statements.bytes(key(i)));
            writer.entries().remove(Statements.bytes(key(49 - i)));
            put(100 + i, entry("more"), LONG);
            put(20, entry("anew"), LONG);
            writer.commit();
        }

        long counted = writer.entryCount();
        assertThat(TestTiers.sql(file.path(), "SELECT COUNT(*) FROM orchestrator_entry"))
                .containsExactly(Long.toString(counted));
        assertThat(counted).isBetween(40L, 49L);
    }

    @Test
    void countsTheFilesOwnPagesForEverySizeOfEntry() throws Exception {
        int[] sizes = {300, 4096, 1 << 20};
        for (int round = 0; round < sizes.length; round++) {
            int bodies = (6 << 20) / sizes[round];
            writer.begin();
            for (int i = 0; i < bodies; i++) {
                put(round * 100_000 + i, entry(sizes[round]), LONG);
            }
            writer.commit();
        }
        long bytes = writer.bytesInUse();

        assertThat(writer.emptyLog()).isTrue();

        assertThat(bytes).isGreaterThan(18 << 20);
        assertThat(Files.size(file.path()) - bytes).isZero();
    }

    private void putFifty() throws SQLException {
        writer.begin();
        for (int i = 0; i < 50; i++) {
            put(i % 30, entry(i * 10), i % 2 == 0 ? LONG : Duration.ofNanos(1));
        }
        writer.entries().remove(Statements.bytes(key(3)));
        writer.entries().removeLeastRecentlyUsed(new Slice(5, Long.MAX_VALUE));
        writer.commit();
    }

    private void put(int key, CacheEntry entry, Duration ttl) throws SQLException {
        writer.entries().put(NewRow.of(new NewEntry(key(key), entry, ttl)));
    }
}
