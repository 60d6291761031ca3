package ai.orchestrator.model.llamacpp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SHA-256 sums of the models' files, made in the background one after the other, and remembered in a file beside them, so that a
 * restart does not read them again.
 */
final class Digests implements AutoCloseable {
    /** Within the models' folder. */
    static final String FILE = ".digests.json";

    private static final Logger LOG = LoggerFactory.getLogger(Digests.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int BUFFER_BYTES = 1 << 18;

    private final Path folder;
    private final Runnable whenKnown;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Known> unreadable = new ConcurrentHashMap<>();
    private final Set<String> underway = ConcurrentHashMap.newKeySet();
    // reading a large file is long work that nothing waits for, so one at a time is right
    private final ExecutorService hashing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("llamacpp-digests").factory());
    private volatile boolean closed;

    /** A sum, and what the file looked like when it was made. */
    record Known(long size, long modifiedMillis, String sha256) {
        boolean fits(ModelPart part) {
            return size == part.size() && modifiedMillis == part.written().toEpochMilli();
        }
    }

    /** @param whenKnown is run after each new sum */
    Digests(Path folder, Runnable whenKnown) {
        this.folder = folder;
        this.whenKnown = whenKnown;
    }

    /** Reads what an earlier run remembered. A file that cannot be read counts as empty. */
    void recall() {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            known.putAll(JSON.readValue(file.toFile(), new TypeReference<Map<String, Known>>() {}));
        } catch (IOException e) {
            LOG.warn("The remembered digests cannot be read and are made again: {}", e.getMessage());
        }
    }

    /**
     * The sum of a model: that of its file, or where it has several, of their sums. Where one is not known yet, it is being made from now on,
     * unless the file could not be read.
     */
    Optional<String> of(ModelFile model) {
        List<String> sums = model.parts().stream()
                .map(part -> of(part, model.name()))
                .flatMap(Optional::stream)
                .toList();
        if (sums.size() < model.parts().size()) {
            return Optional.empty();
        }
        if (sums.size() == 1) {
            return Optional.of(sums.getFirst());
        }
        // what a file is matters: the same one may be an adapter or a part
        String kinds = model.weights().size() + " " + model.adapters().size() + "\n";
        byte[] all = (kinds + String.join("\n", sums)).getBytes(StandardCharsets.UTF_8);
        return Optional.of(HexFormat.of().formatHex(sha256().digest(all)));
    }

    private Optional<String> of(ModelPart part, String name) {
        String key = key(part.path());
        Known found = known.get(key);
        if (found != null && found.fits(part)) {
            return Optional.of(found.sha256());
        }
        Known failed = unreadable.get(key);
        boolean again = failed == null || !failed.fits(part);
        if (again && !closed && underway.add(key)) {
            try {
                hashing.execute(() -> make(part, name, key));
            } catch (RejectedExecutionException e) {
                underway.remove(key);
            }
        }
        return Optional.empty();
    }

    private void make(ModelPart part, String name, String key) {
        try {
            Instant begun = Instant.now();
            String sum = sum(part.path());
            known.put(key, new Known(part.size(), part.written().toEpochMilli(), sum));
            remember();
            LOG.info(
                    "Read {} for its digest in {} ms",
                    name,
                    begun.until(Instant.now()).toMillis());
        } catch (IOException e) {
            unreadable.put(key, new Known(part.size(), part.written().toEpochMilli(), ""));
            if (!closed) {
                LOG.warn("A file of {} cannot be read: {}", name, e.getMessage());
            }
        } finally {
            underway.remove(key);
            whenKnown.run();
        }
    }

    private String sum(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (closed) {
                    throw new IOException("closed");
                }
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void remember() {
        Path file = folder.resolve(FILE);
        Path fresh = folder.resolve(FILE + ".new");
        known.keySet().removeIf(key -> !Files.exists(folder.resolve(key)));
        try {
            JSON.writeValue(fresh.toFile(), new TreeMap<>(known));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn(
                    "The digests cannot be remembered beside the models, so a restart makes them again: {}",
                    e.getMessage());
        }
    }

    private String key(Path file) {
        return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        hashing.shutdownNow();
    }
}
