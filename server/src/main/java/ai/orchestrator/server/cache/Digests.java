package ai.orchestrator.server.cache;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that name and verify entries; every Java platform has both. */
final class Digests {
    private Digests() {}

    static MessageDigest md5() {
        return digest("MD5");
    }

    static MessageDigest sha256() {
        return digest("SHA-256");
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
