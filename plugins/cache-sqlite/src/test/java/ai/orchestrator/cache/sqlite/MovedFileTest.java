package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.LogRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are taken away while they are in use. */
class MovedFileTest {
    @TempDir
    Path home;

    private final LogRecorder log = new LogRecorder(FileState.class);
    private DurableCacheTier tier;
    private Path file;

    @BeforeEach
    void open() {
        tier = TestTiers.tier(home, Map.of());
        file = home.resolve("data/cache.sqlite");
        tier.put(key(1), entry("one"), LONG);
    }

    @AfterEach
    void close() {
        tier.close();
        log.close();
    }

    @Test
    void beginsAnewWhenTheFileIsRemoved() throws Exception {
        Files.delete(file);

        assertThatItGoesOn();
    }

    @Test
    void beginsAnewWhenTheFolderIsRemoved() throws Exception {
        for (String name : TestTiers.names(home.resolve("data"))) {
            Files.delete(home.resolve("data").resolve(name));
        }
        Files.delete(home.resolve("data"));

        assertThatItGoesOn();
    }

    @Test
    void readsTheFileThatIsPutInItsPlace() throws Exception {
        Contents saved = tier.backup(home.resolve("b"), (done, total) -> {});
        for (int i = 2; i < 200; i++) {
            tier.put(key(i), entry(i * 50), LONG);
        }

        Files.move(home.resolve("b"), file, StandardCopyOption.REPLACE_EXISTING);

        Eventually.await("the other file to be found", () -> {
            try {
                return tier.get(key(150)).isEmpty();
            } catch (PluginFailure e) {
                return false;
            }
        });
        assertThat(tier.get(key(1))).contains(entry("one"));
        // the log of the file before is not taken for this one's
        assertThat(tier.verify(file, entry("one")::equals, (done, total) -> {})).isEqualTo(saved);
        tier.put(key(2), entry("two"), LONG);
        tier.close();
        tier = TestTiers.tier(home, Map.of());
        assertThat(tier.get(key(2))).contains(entry("two"));
        assertThat(log.linesWith("was removed or replaced while it was in use; it is opened anew"))
                .hasSize(1);
    }

    private void assertThatItGoesOn() throws IOException {
        Eventually.await("a new file", () -> Files.exists(file));
        Eventually.await("entries to be kept", () -> {
            try {
                tier.put(key(2), entry("two"), LONG);
                return tier.get(key(2)).isPresent();
            } catch (PluginFailure e) {
                return false;
            }
        });
        tier.close();
        assertThat(log.linesWith("was removed or replaced while it was in use; it is opened anew"))
                .hasSize(1);
        assertThat(TestTiers.names(home.resolve("data"))).isEqualTo(List.of("cache.sqlite"));

        tier = TestTiers.tier(home, Map.of());
        assertThat(tier.get(key(2))).contains(entry("two"));
    }
}
