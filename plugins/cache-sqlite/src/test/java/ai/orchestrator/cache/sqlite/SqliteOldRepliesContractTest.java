package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.testkit.OldRepliesContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class SqliteOldRepliesContractTest extends OldRepliesContract {
    @TempDir
    Path home;

    @Override
    protected DurableCacheTier newTier() throws Exception {
        return TestTiers.tier(Files.createTempDirectory(home, "tier"), Map.of());
    }

    @Override
    protected void writeOldFile(Path file, List<OldRow> rows) throws Exception {
        OldFiles.write(file, rows);
    }
}
