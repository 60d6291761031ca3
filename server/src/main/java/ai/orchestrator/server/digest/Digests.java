package ai.orchestrator.server.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that the server stands on; every Java platform has both. */
public final class Digests {
    private static final int BUFFER = 1 << 16;

    private Digests() {}

    /** An MD5 digest of nothing yet: it names, and says nothing of who wrote the bytes. */
    public static MessageDigest md5() {
        return digest("MD5");
    }

    /** A SHA-256 digest of nothing yet. */
    public static MessageDigest sha256() {
        return digest("SHA-256");
    }

    /** A SHA-256 digest of a whole file, which can go on. */
    public static MessageDigest sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return digest;
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
