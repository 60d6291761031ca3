package ai.orchestrator.server;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import ai.orchestrator.plugin.cache.DurableCacheTier.Imported;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import ai.orchestrator.server.orchestration.CacheArchive;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it is asked, tells some progress, and fails for a file called {@code broken}. */
public final class FakeArchive implements CacheArchive {
    public final List<String> calls = new CopyOnWriteArrayList<>();
    public volatile long unsound;

    @Override
    public Contents backup(Path target, Progress progress) {
        return work("backup", target, progress);
    }

    @Override
    public Contents verify(Path source, Progress progress) {
        return work("verify", source, progress);
    }

    @Override
    public Contents restore(Path source, Progress progress) {
        return work("restore", source, progress);
    }

    @Override
    public Imported importLegacy(Path source, Progress progress) {
        work("import", source, progress);
        return new Imported(5, 2, 1);
    }

    private Contents work(String what, Path file, Progress progress) {
        calls.add(what + " " + file.getFileName());
        progress.at(1, 3);
        if (file.endsWith("broken")) {
            throw new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, "The file broken is damaged.");
        }
        progress.at(3, 3);
        return new Contents(3, 1234, unsound, 0);
    }
}
