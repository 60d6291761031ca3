package ai.orchestrator.server.engine;

import ai.orchestrator.server.config.DownloadConfig;
import ai.orchestrator.server.config.DownloadConfig.Sdist;
import ai.orchestrator.server.config.EngineConfig;
import ai.orchestrator.server.download.DownloadResult;
import ai.orchestrator.server.download.DownloadResult.Outcome;
import ai.orchestrator.server.download.Downloader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Installs the engine into the folder {@code engine} of a home folder. It works in {@code data/engine}, where an installation that was
 * interrupted is gone on with; an engine that is there stays in place until the new one has shown that it runs.
 */
public final class EngineInstaller {
    private static final String WORK = "data/engine";
    private static final int NAME_LENGTH = 16;

    private final Path home;
    private final Path work;
    private final EngineFolder folder;
    private final Cpu cpu;
    private final EngineProgress progress;
    private final EngineMaker maker;

    /**
     * @param home the folder that gets {@code engine}
     * @param environment where {@code PATH} leads to the tools of a build
     * @param jobs how many compilers may run at once; at least 1
     */
    public EngineInstaller(Path home, Map<String, String> environment, int jobs, EngineProgress progress) {
        this(home, environment, jobs, progress, Cpu.ofThisMachine());
    }

    EngineInstaller(Path home, Map<String, String> environment, int jobs, EngineProgress progress, Cpu cpu) {
        this.home = home.toAbsolutePath();
        this.cpu = cpu;
        this.progress = progress;
        work = this.home.resolve(WORK);
        folder = new EngineFolder(this.home);
        maker = new EngineMaker(work, environment, jobs, progress);
    }

    /**
     * Installs what the configuration names, unless it is there.
     *
     * @param force whether to install it even if it is there
     * @throws EngineFailure if it cannot be done; what was there is there still
     * @throws InterruptedException if the thread is interrupted; what is done by then need not be done again
     */
    public EngineResult install(EngineConfig config, boolean force) throws EngineFailure, InterruptedException {
        try {
            Files.createDirectories(work);
            try (FileChannel channel = FileChannel.open(
                            work.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock != null) {
                    return alone(config, force);
                }
            } catch (OverlappingFileLockException e) {
                // another thread has it, which is no better than another process
            }
        } catch (IOException e) {
            throw new EngineFailure("the folders 'data/engine' and 'engine' cannot be used", e);
        }
        throw new EngineFailure("another installation is running");
    }

    private EngineResult alone(EngineConfig config, boolean force)
            throws IOException, EngineFailure, InterruptedException {
        folder.recover();
        Optional<InstalledEngine> there = force ? Optional.empty() : usable(config);
        if (there.isPresent()) {
            return new EngineResult(there.get(), false);
        }
        if (folder.isForeign()) {
            throw new EngineFailure("there is a folder 'engine' that was not made by this command: move it away");
        }
        maker.check(config);
        Path archive = download(config);
        Path fresh = folder.begin();
        try {
            maker.make(config, archive, fresh);
            InstalledEngine engine = InstalledEngine.now(config, source(config), Trial.version(fresh), cpu);
            folder.finish(engine);
            clean();
            return new EngineResult(engine, true);
        } finally {
            folder.giveUp();
        }
    }

    private Optional<InstalledEngine> usable(EngineConfig config) throws InterruptedException {
        Optional<InstalledEngine> there = folder.installed().filter(engine -> engine.isMadeFrom(config));
        if (there.isEmpty()) {
            return there;
        }
        List<String> missing = there.get().missingOn(cpu);
        if (!missing.isEmpty()) {
            progress.step("the engine there was built for another CPU, which has " + String.join(", ", missing)
                    + ": a new one is made");
            return Optional.empty();
        }
        try {
            Trial.version(folder.path());
        } catch (EngineFailure e) {
            progress.step("the engine there cannot be used: " + e.getMessage());
            return Optional.empty();
        }
        List<String> unused = there.get().unusedOf(cpu);
        if (!unused.isEmpty()) {
            progress.step("this CPU also has " + String.join(", ", unused)
                    + ", which the engine does not use: --force builds one that does");
        }
        return there;
    }

    private Path download(EngineConfig config) throws EngineFailure, InterruptedException {
        String name = config.sha256().substring(0, NAME_LENGTH) + ".archive";
        DownloadConfig wanted = new DownloadConfig(
                "engine", name, OptionalLong.empty(), Optional.of(config.sha256()), List.of(config.from()), true);
        DownloadResult result = new Downloader(home, WORK, progress::at).obtain(wanted);
        if (result.outcome() == Outcome.FAILED) {
            throw new EngineFailure("it could not be downloaded: " + String.join("; ", result.reasons()));
        }
        return home.resolve(result.file());
    }

    private static String source(EngineConfig config) {
        return config.from() instanceof Sdist sdist ? sdist.requirement() : Downloader.describe(config.from());
    }

    /** The lock stays, since another process may already wait at it. */
    private void clean() throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.filter(file -> !file.endsWith("lock")).toList()) {
                FileTree.delete(file);
            }
        }
    }
}
