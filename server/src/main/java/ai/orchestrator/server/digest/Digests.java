package ai.orchestrator.server.digest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that the server stands on; every Java platform has both. */
public final class Digests {
    private static final int BUFFER = 1 << 16;

    /** Never fed; a copy of one is made faster than a new one is found. */
    private static final MessageDigest MD5 = digest("MD5");

    private static final MessageDigest SHA256 = digest("SHA-256");

    private Digests() {}

    /** An MD5 digest of nothing yet: it names, and says nothing of who wrote the bytes. */
    public static MessageDigest md5() {
        return copy(MD5);
    }

    /** A SHA-256 digest of nothing yet. */
    public static MessageDigest sha256() {
        return copy(SHA256);
    }

    /** A SHA-256 digest of a whole file, which can go on. */
    public static MessageDigest sha256(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return sha256(channel);
        }
    }

    /** A SHA-256 digest of a whole file that is open, which can go on. Opening it anew could cost the channel its lock. */
    public static MessageDigest sha256(FileChannel file) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long position = 0;
        for (int read = file.read(buffer, position); read >= 0; read = file.read(buffer, position)) {
            position += read;
            digest.update(buffer.flip());
            buffer.clear();
        }
        return digest;
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            return digest(digest.getAlgorithm());
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
