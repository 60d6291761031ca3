package ai.orchestrator.server.download;

import ai.orchestrator.server.config.DownloadConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** What a file must be, as far as the configuration says. */
final class Expected {
    private static final int BUFFER = 1 << 16;

    private final DownloadConfig config;

    Expected(DownloadConfig config) {
        this.config = config;
    }

    /** What is wrong with a file; empty if it is right. */
    Optional<String> faultOf(Path file) throws IOException {
        long size = Files.size(file);
        if (config.bytes().isPresent() && size != config.bytes().getAsLong()) {
            return Optional.of(
                    "has " + size + " bytes instead of " + config.bytes().getAsLong());
        }
        if (config.sha256().isPresent()) {
            String sum = sha256(file);
            if (!sum.equals(config.sha256().get())) {
                return Optional.of("has the SHA-256 sum " + sum + " instead of "
                        + config.sha256().get());
            }
        }
        return size == 0 ? Optional.of("is empty") : Optional.empty();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
