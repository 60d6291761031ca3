package ai.orchestrator.server.cache;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Collects fields as bytes, each with its length before it. */
final class CanonicalBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    CanonicalBytes text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    CanonicalBytes texts(List<String> texts) {
        count(texts.size());
        texts.forEach(this::text);
        return this;
    }

    CanonicalBytes bytes(byte[] bytes) {
        count(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    CanonicalBytes count(int count) {
        out.write(count >>> 24);
        out.write(count >>> 16);
        out.write(count >>> 8);
        out.write(count);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
