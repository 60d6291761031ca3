package ai.orchestrator.server.cache;

import ai.orchestrator.server.unicode.Surrogates;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** Collects fields as bytes, each with its length before it. */
final class CanonicalBytes {
    private byte[] out = new byte[512];
    private int length;

    /** Writes a text as UTF-8; one with half characters, which that cannot tell apart, as its UTF-16 units after a byte that no UTF-8 has. */
    CanonicalBytes text(String text) {
        return bytes(Surrogates.whole(text) ? text.getBytes(StandardCharsets.UTF_8) : units(text));
    }

    private static byte[] units(String text) {
        ByteBuffer units =
                ByteBuffer.allocate(1 + Character.BYTES * text.length()).put((byte) 0xff);
        text.chars().forEach(unit -> units.putChar((char) unit));
        return units.array();
    }

    CanonicalBytes texts(List<String> texts) {
        count(texts.size());
        texts.forEach(this::text);
        return this;
    }

    CanonicalBytes bytes(byte[] bytes) {
        count(bytes.length);
        reserve(bytes.length);
        System.arraycopy(bytes, 0, out, length, bytes.length);
        length += bytes.length;
        return this;
    }

    CanonicalBytes count(int count) {
        reserve(Integer.BYTES);
        out[length++] = (byte) (count >>> 24);
        out[length++] = (byte) (count >>> 16);
        out[length++] = (byte) (count >>> 8);
        out[length++] = (byte) count;
        return this;
    }

    /** Feeds a digest with them and ends it. */
    byte[] digest(MessageDigest digest) {
        digest.update(out, 0, length);
        return digest.digest();
    }

    private void reserve(int more) {
        if (more > out.length - length) {
            out = Arrays.copyOf(out, Math.max(Math.addExact(length, more), 2 * out.length));
        }
    }
}
