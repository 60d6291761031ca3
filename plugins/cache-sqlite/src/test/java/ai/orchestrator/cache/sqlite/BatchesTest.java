package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.NewEntry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class BatchesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @TempDir
    Path home;

    private final FileState state = new FileState("c.sqlite");
    private final Batches batches = new Batches("c.sqlite", state);
    private CacheFile file;
    private FileWriter writer;

    @BeforeEach
    void open() throws Exception {
        // the driver hands what follows the question mark to SQLite, whose own limit acts as a full disk does
        file = new CacheFile(home.resolve("c.sqlite?max_page_count=100"));
        writer = new FileWriter(file.openForWriting());
        state.opened(true);
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    @Test
    void oneChangeThatFailsDoesNotTakeItsNeighboursWithIt() throws Exception {
        Write<Boolean> before = put(1, 1000);
        Write<Boolean> broken = new Write<>(
                _ -> {
                    throw new IllegalStateException("a fault of our own");
                },
                0);
        Write<Boolean> tooLarge = put(2, 600_000);
        Write<Boolean> refused = new Write<>(
                _ -> {
                    throw new SQLiteException("no", SQLiteErrorCode.SQLITE_CONSTRAINT);
                },
                0);
        Write<Boolean> after = put(3, 1000);

        batches.commit(writer, List.of(before, broken, tooLarge, refused, after));

        assertThat(before.await(PATIENCE)).isTrue();
        assertThat(after.await(PATIENCE)).isTrue();
        assertThat(failureOf(broken)).hasMessage("The cache file c.sqlite cannot be used.");
        assertThat(failureOf(tooLarge))
                .hasMessage("The cache file c.sqlite cannot grow: no space is left on its disk.");
        assertThat(failureOf(refused)).hasMessage("The cache file c.sqlite cannot be used: SQLITE_CONSTRAINT.");
        assertThat(state.health()).isEqualTo(Health.up());
        try (EntryReader reader = new EntryReader(file.openForReading(), false, new LastUses())) {
            assertThat(reader.find(key(1))).contains(entry(1000));
            assertThat(reader.find(key(2))).isEmpty();
            assertThat(reader.find(key(3))).contains(entry(1000));
        }
    }

    @Test
    void failsAllWhenTheFileIsOfNoMoreUse() {
        Write<Boolean> before = put(1, 1000);
        Write<Boolean> damage = new Write<>(
                _ -> {
                    throw new SQLiteException("bad page", SQLiteErrorCode.SQLITE_CORRUPT);
                },
                0);
        Write<Boolean> after = put(3, 1000);

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> batches.commit(writer, List.of(before, damage, after)));

        for (Write<Boolean> write : List.of(before, damage, after)) {
            assertThat(failureOf(write)).hasMessage("The cache file c.sqlite is damaged.");
        }
    }

    @Test
    void takesTogetherWhatWaitsUpToALimitOfNumberAndSize() throws Exception {
        WriteQueue queue = new WriteQueue();
        for (int i = 0; i < 70; i++) {
            queue.add(new Write<>(_ -> true, 10), PATIENCE);
        }
        for (int i = 0; i < 5; i++) {
            queue.add(new Write<>(_ -> true, 3 << 20), PATIENCE);
        }

        List<Integer> sizes = new ArrayList<>();
        for (List<Write<?>> batch = queue.next(0); !batch.isEmpty(); batch = queue.next(0)) {
            sizes.add(batch.size());
        }

        assertThat(sizes).containsExactly(64, 6 + 3, 2);
    }

    private static Write<Boolean> put(int key, int size) {
        NewRow row = NewRow.of(new NewEntry(key(key), entry(size), LONG));
        return new Write<>(
                writer -> {
                    writer.entries().put(row);
                    return true;
                },
                row.size());
    }

    private static PluginFailure failureOf(Write<?> write) {
        return catchThrowableOfType(PluginFailure.class, () -> write.await(PATIENCE));
    }
}
