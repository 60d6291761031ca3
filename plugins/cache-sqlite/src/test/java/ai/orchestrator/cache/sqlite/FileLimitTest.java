package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.DurableCacheTier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes no more bytes, for the file itself and for what is written beside it. */
class FileLimitTest {
    private static final int LIMIT_KILOBYTES = 6000;

    @TempDir
    Path home;

    @Test
    void readsGoOnAndNothingIsLeftHalfWritten() throws Exception {
        makeALargeBackup();

        assertThat(fillUpToTheLimit())
                .containsExactly(
                        "The cache file cache.sqlite cannot be written: its disk reports an error.",
                        "DEGRADED",
                        "true",
                        "The file b cannot be written: its disk reports an error.",
                        "The file large cannot be copied.",
                        "true");

        assertThat(TestTiers.names(home)).containsExactly("data", "large", "other");
        assertThat(TestTiers.names(home.resolve("data")))
                .isSubsetOf("cache.sqlite", "cache.sqlite-wal", "cache.sqlite-shm");
        try (DurableCacheTier tier = TestTiers.tier(home, Map.of())) {
            assertThat(tier.backup(home.resolve("b"), (done, total) -> {}).entries())
                    .isGreaterThan(100);
            assertThat(tier.verify(home.resolve("b"), entry(10_000)::equals, (done, total) -> {})
                            .unsound())
                    .isZero();
        }
    }

    private List<String> fillUpToTheLimit() throws Exception {
        try (ChildJvm child = ChildJvm.startWithFileLimit(LIMIT_KILOBYTES, FileLimitVictim.class, home, 1000)) {
            String said = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.exitCode()).isZero();
            return said.lines().toList();
        }
    }

    private void makeALargeBackup() throws Exception {
        Path other = Files.createDirectory(home.resolve("other"));
        try (DurableCacheTier tier = TestTiers.tier(other, Map.of())) {
            for (int i = 0; i < 10; i++) {
                tier.put(key(i), entry(1 << 20), LONG);
            }
            tier.backup(home.resolve("large"), (done, total) -> {});
        }
    }
}
