package ai.orchestrator.server.download;

import ai.orchestrator.server.config.DownloadConfig;
import ai.orchestrator.server.config.DownloadConfig.Source;
import ai.orchestrator.server.digest.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;

/** A home folder into which a test downloads one file, {@code models/tiny.gguf}. */
final class Downloads {
    static final byte[] CONTENT = bytes(1, 300_000);

    final List<String> progress = Collections.synchronizedList(new ArrayList<>());
    private final Path home;
    private final List<List<String>> pip;

    Downloads(Path home) {
        this(home, List.of());
    }

    Downloads(Path home, List<List<String>> pip) {
        this.home = home;
        this.pip = pip;
    }

    /** Bytes that look like nothing else. */
    static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** The file with {@link #CONTENT}, its size and sum known. */
    static DownloadConfig known(Source... sources) {
        return config(OptionalLong.of(CONTENT.length), Optional.of(sum(CONTENT)), sources);
    }

    /** The same file, with nothing known about it. */
    static DownloadConfig unknown(Source... sources) {
        return config(OptionalLong.empty(), Optional.empty(), sources);
    }

    static DownloadConfig config(OptionalLong bytes, Optional<String> sha256, Source... sources) {
        return new DownloadConfig("tiny", "tiny.gguf", bytes, sha256, List.of(sources), true);
    }

    static String sum(byte[] bytes) {
        MessageDigest digest = Digests.sha256();
        return HexFormat.of().formatHex(digest.digest(bytes));
    }

    DownloadResult obtain(DownloadConfig config) throws InterruptedException {
        return obtain(config, Duration.ofSeconds(20));
    }

    DownloadResult obtain(DownloadConfig config, Duration silence) throws InterruptedException {
        return new Downloader(home, "models", progress::add, new WebSource(silence, Duration.ZERO), pip).obtain(config);
    }

    Path file() {
        return home.resolve("models/tiny.gguf");
    }

    Path part() {
        return home.resolve("models/tiny.gguf.part");
    }

    /** Puts something into the models folder beforehand. */
    void put(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, content);
    }

    /** The names of all that is in the models folder. */
    List<String> models() {
        return names("models");
    }

    List<String> names(String folder) {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
