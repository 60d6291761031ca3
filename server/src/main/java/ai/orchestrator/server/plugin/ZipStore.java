package ai.orchestrator.server.plugin;

import ai.orchestrator.server.digest.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.pf4j.util.FileUtils;
import org.pf4j.util.Unzip;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks plugin zips into a folder of its own, since the plugin folder may be read-only. A zip's folder is named by its contents, so a replaced
 * zip, of whatever date, is unpacked anew, and one that has not changed is not.
 */
final class ZipStore {
    private static final Logger log = LoggerFactory.getLogger(ZipStore.class);
    private static final int DIGITS = 16;

    private final Path folder;

    ZipStore(Path folder) {
        this.folder = folder;
    }

    /** The folder with the zip's contents. */
    Path unpacked(PluginFile zip) throws BrokenPluginException {
        Path target = folder.resolve(zip.name().replaceFirst("\\.zip$", "-") + identity(zip));
        if (Files.isDirectory(target)) {
            return target;
        }
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempDirectory(folder, ".unpacking-");
            try {
                new Unzip(zip.path().toFile(), fresh.toFile()).extract();
                move(fresh, target);
            } finally {
                if (Files.exists(fresh)) {
                    FileUtils.delete(fresh);
                }
            }
            return target;
        } catch (IOException e) {
            throw new BrokenPluginException("cannot be unpacked into data/plugins", e);
        }
    }

    /** Removes what earlier starts have unpacked and this one does not use. */
    void removeAllBut(Collection<Path> used) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> old = Files.list(folder)) {
            for (Path path : old.filter(path -> !used.contains(path)).toList()) {
                FileUtils.delete(path);
            }
        } catch (IOException e) {
            log.warn("old plugin files below data/plugins could not be removed: {}", BrokenPluginException.describe(e));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        } catch (FileAlreadyExistsException e) {
            // another process has unpacked the same zip meanwhile
        }
    }

    /** A sum over names, sizes and check sums of the entries, which costs no reading of the contents. */
    private static String identity(PluginFile zip) throws BrokenPluginException {
        try (ZipFile file = new ZipFile(zip.path().toFile())) {
            MessageDigest digest = Digests.sha256();
            List<? extends ZipEntry> entries = Collections.list(file.entries());
            for (ZipEntry entry : entries) {
                if (!Path.of("/in").resolve(entry.getName()).normalize().startsWith("/in")) {
                    throw new BrokenPluginException("has an entry that points outside: " + entry.getName());
                }
                String line = entry.getName() + "\n" + entry.getSize() + "\n" + entry.getCrc() + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (IOException e) {
            throw new BrokenPluginException("is no readable zip", e);
        }
    }
}
