package ai.orchestrator.server.download;

import ai.orchestrator.server.config.DownloadConfig;
import ai.orchestrator.server.digest.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/** What a file must be, as far as the configuration says. */
public record Expected(OptionalLong bytes, Optional<String> sha256) {
    /** As a configured download says. */
    Expected(DownloadConfig config) {
        this(config.bytes(), config.sha256());
    }

    /** What is wrong with a file; its sum is taken only if its size is right. */
    public Optional<String> faultOf(Path file) throws IOException {
        Optional<String> fault = faultOf(Files.size(file));
        return fault.isPresent() || sha256.isEmpty() ? fault : faultOf(Digests.sha256(file));
    }

    /** What is wrong with a size. */
    public Optional<String> faultOf(long size) {
        if (bytes.isPresent() && size != bytes.getAsLong()) {
            return Optional.of("has " + size + " bytes instead of " + bytes.getAsLong());
        }
        return size == 0 && bytes.isEmpty() ? Optional.of("is empty") : Optional.empty();
    }

    /** What is wrong with the sum that a digest has taken, which is reset by that. */
    Optional<String> faultOf(MessageDigest digest) {
        String sum = HexFormat.of().formatHex(digest.digest());
        return sha256.filter(right -> !right.equals(sum))
                .map(right -> "has the SHA-256 sum " + sum + " instead of " + right);
    }
}
