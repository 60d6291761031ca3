package ai.orchestrator.server.cache;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes an entry's fields: numbers of 0 or more in seven-bit groups, low first; texts in UTF-8 after their length. */
final class BodyWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    void number(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("negative: " + number);
        }
        long rest = number;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    void bytes(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
    }

    void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    <T> void optional(Optional<T> value, Consumer<T> write) {
        number(value.isPresent() ? 1 : 0);
        value.ifPresent(write);
    }

    void checksum() {
        byte[] before = out.toByteArray();
        int checksum = EntryCodec.checksum(before, before.length);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(checksum >>> shift);
        }
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
