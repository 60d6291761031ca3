package ai.orchestrator.server.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what {@link BodyWriter} wrote. What is none of that throws {@code IllegalArgumentException} or {@code IndexOutOfBoundsException}. */
final class BodyReader {
    private final byte[] body;
    private final int end;
    private int at;

    BodyReader(byte[] body, int end) {
        this.body = body;
        this.end = end;
    }

    static int fixedInt(byte[] body, int at) {
        return ByteBuffer.wrap(body, at, Integer.BYTES).getInt();
    }

    long number() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            int next = next();
            number |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new IllegalArgumentException("number too long");
    }

    int count() {
        return Math.toIntExact(number());
    }

    byte[] bytes() {
        int from = take(count());
        return Arrays.copyOfRange(body, from, at);
    }

    String text() {
        int from = take(count());
        return new String(body, from, at - from, StandardCharsets.UTF_8);
    }

    <T> Optional<T> optional(Supplier<T> read) {
        return number() == 1 ? Optional.of(read.get()) : Optional.empty();
    }

    private int take(int length) {
        int from = at;
        if (length < 0 || length > end - at) {
            throw new IndexOutOfBoundsException(length);
        }
        at += length;
        return from;
    }

    private int next() {
        return body[take(1)] & 0xff;
    }
}
