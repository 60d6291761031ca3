package ai.orchestrator.server.download;

import ai.orchestrator.server.config.DownloadConfig;
import ai.orchestrator.server.config.DownloadConfig.Sdist;
import ai.orchestrator.server.config.DownloadConfig.Source;
import ai.orchestrator.server.config.DownloadConfig.Web;
import ai.orchestrator.server.config.DownloadConfig.Wheel;
import ai.orchestrator.server.download.DownloadResult.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Obtains files into one folder, one at a time. A file stands under its name only when it is whole and right: until then it is
 * a {@code .part} file beside it, which a later attempt goes on with.
 */
public final class Downloader {
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path home;
    private final String folder;
    private final Path work;
    private final Consumer<String> progress;
    private final WebSource web;
    private final WheelSource wheels;
    private final SdistSource sdists;

    /**
     * A downloader into the folder {@code models}.
     *
     * @param home the folder that holds {@code models} and {@code data}
     * @param progress takes lines that tell how far it is, about one a second
     */
    public Downloader(Path home, Consumer<String> progress) {
        this(home, "models", progress);
    }

    /**
     * A downloader into another folder.
     *
     * @param folder where the files go, relative to {@code home}
     */
    public Downloader(Path home, String folder, Consumer<String> progress) {
        this(home, folder, progress, new WebSource(SILENCE, PAUSE), Pip.COMMANDS);
    }

    Downloader(Path home, String folder, Consumer<String> progress, WebSource web, List<List<String>> pip) {
        this.home = home.toAbsolutePath();
        this.folder = folder;
        this.progress = progress;
        this.web = web;
        work = this.home.resolve("data/downloads");
        wheels = new WheelSource(new Pip(pip), new PipFolder(work.resolve("wheel")));
        sdists = new SdistSource(new Pip(pip), new PipFolder(work.resolve("sdist")));
    }

    /**
     * Obtains one file, unless it is there and right.
     *
     * @throws InterruptedException if the thread is interrupted; what has arrived by then is kept
     */
    public DownloadResult obtain(DownloadConfig config) throws InterruptedException {
        String shown = folder + "/" + config.file();
        Path file = home.resolve(shown);
        List<String> reasons = new ArrayList<>();
        Outcome outcome = Outcome.FAILED;
        try {
            Files.createDirectories(work);
            outcome = alone(config, file, reasons);
        } catch (IOException e) {
            reasons.add(new SourceFailure("the folders '" + folder + "' and 'data' cannot be used", e).getMessage());
        }
        return new DownloadResult(config.name(), shown, outcome, reasons);
    }

    private Outcome alone(DownloadConfig config, Path file, List<String> reasons)
            throws IOException, InterruptedException {
        try (FileChannel channel =
                        FileChannel.open(work.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                return isRight(config, file) ? Outcome.PRESENT : fromAnySource(config, file, reasons);
            }
        } catch (OverlappingFileLockException e) {
            // another thread has it, which is no better than another process
        }
        reasons.add("another download is running");
        return Outcome.FAILED;
    }

    private boolean isRight(DownloadConfig config, Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Optional<String> fault = new Expected(config).faultOf(file);
        fault.ifPresent(what -> progress.accept(config.name() + ": the file there " + what + " and is obtained anew"));
        return fault.isEmpty();
    }

    private Outcome fromAnySource(DownloadConfig config, Path file, List<String> reasons)
            throws IOException, InterruptedException {
        Files.createDirectories(file.resolveSibling("."));
        for (Source source : config.sources()) {
            progress.accept(config.name() + ": from " + describe(source));
            try {
                fetch(config, source, file);
                return Outcome.OBTAINED;
            } catch (SourceFailure e) {
                reasons.add(describe(source) + ": " + e.getMessage());
            }
        }
        if (reasons.isEmpty()) {
            reasons.add("no address configured");
        }
        return Outcome.FAILED;
    }

    private void fetch(DownloadConfig config, Source source, Path file) throws SourceFailure, InterruptedException {
        Progress told = new Progress(config.name(), config.bytes(), progress);
        Path path = file.resolveSibling(file.getFileName() + ".part");
        try (PartFile part = PartFile.open(path, new Expected(config), told::at)) {
            boolean goesOn = part.size() > 0;
            requireSpace(config.bytes().orElse(0) - part.size(), file);
            fetch(source, part);
            Optional<String> fault = part.fault();
            if (fault.isPresent() && goesOn && source instanceof Web) {
                fetch(source, part);
                fault = part.fault();
            }
            if (fault.isPresent()) {
                throw new SourceFailure("the file " + fault.get());
            }
            part.moveTo(file);
        }
        if (config.sha256().isEmpty()) {
            progress.accept(
                    config.name() + ": no 'sha256' is configured, so nothing tells whether this is the right file");
        }
    }

    private void requireSpace(long needed, Path file) throws SourceFailure {
        try {
            long free = Files.getFileStore(file.resolveSibling(".")).getUsableSpace();
            if (needed > free) {
                throw new SourceFailure(needed + " more bytes do not fit on the disk, which has " + free + " free");
            }
        } catch (IOException e) {
            throw new SourceFailure("the folder '" + folder + "' cannot be used", e);
        }
    }

    private void fetch(Source source, PartFile part) throws SourceFailure, InterruptedException {
        switch (source) {
            case Wheel wheel -> wheels.fetch(wheel, part);
            case Sdist sdist -> sdists.fetch(sdist, part);
            case Web page -> web.fetch(page.uri(), part);
        }
    }

    /** A source's name for people, without what may be a secret in a URL: its user and its query. */
    public static String describe(Source source) {
        return switch (source) {
            case Wheel wheel -> "the Python package " + wheel.requirement();
            case Sdist sdist -> "the source of the Python package " + sdist.requirement();
            case Web page ->
                page.uri().getScheme() + "://" + page.uri().getRawAuthority().replaceFirst(".*@", "")
                        + page.uri().getRawPath();
        };
    }
}
