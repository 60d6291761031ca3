package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands before the body in a stored value: a version byte, the header's length in bytes (int), the key (two longs),
 * {@code createdAt} in milliseconds (long), model, scope, the number of tags (int) and the tags; a text is its length in bytes (int)
 * and UTF-8. Numbers are big-endian. The body is the rest of the value. The key is there so that an answer to another question shows.
 */
record EntryHeader(int length, CacheKey key, Instant createdAt, String model, String scope, Set<String> tags) {
    /** Enough to read nearly every header whole. */
    static final int USUAL_LENGTH = 256;

    /** What a value may take in all: a larger one would hold the connection, and the server, for too long. */
    static final int MAX_VALUE = 16 << 20;

    private static final byte VERSION = 2;
    private static final int FIXED_LENGTH = 1 + Integer.BYTES + 3 * Long.BYTES + Integer.BYTES;

    /** True if an entry is small enough to be stored. */
    static boolean fits(CacheEntry entry) {
        long size = FIXED_LENGTH + (long) entry.body().length + textSize(entry.model()) + textSize(entry.scope());
        for (String tag : entry.tags()) {
            size += textSize(tag);
        }
        return size <= MAX_VALUE;
    }

    /** The whole value: header and body. */
    static byte[] encode(CacheKey key, CacheEntry entry) {
        List<byte[]> texts = new ArrayList<>();
        texts.add(utf8(entry.model()));
        texts.add(utf8(entry.scope()));
        entry.tags().forEach(tag -> texts.add(utf8(tag)));
        int length = FIXED_LENGTH
                + texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
        ByteBuffer value = ByteBuffer.allocate(Math.addExact(length, entry.body().length))
                .put(VERSION)
                .putInt(length)
                .putLong(key.high())
                .putLong(key.low())
                .putLong(entry.createdAt().toEpochMilli());
        putText(value, texts.get(0));
        putText(value, texts.get(1));
        value.putInt(entry.tags().size());
        texts.subList(2, texts.size()).forEach(tag -> putText(value, tag));
        return value.put(entry.body()).array();
    }

    /**
     * The entry, or empty if the value is in no form that this version knows.
     *
     * @throws OtherKeyException if it is the entry of another key
     */
    static Optional<CacheEntry> decode(CacheKey key, byte[] value) {
        return read(value).map(header -> {
            if (!header.key.equals(key)) {
                throw new OtherKeyException();
            }
            byte[] body = new byte[value.length - header.length];
            System.arraycopy(value, header.length, body, 0, body.length);
            return new CacheEntry(body, header.createdAt, header.model, header.scope, header.tags);
        });
    }

    /** How long a header is that begins so and goes on beyond these bytes; 0 if there is none, or it is whole. */
    static int lengthIfCutShort(byte[] start) {
        if (start.length < FIXED_LENGTH || start[0] != VERSION) {
            return 0;
        }
        int length = ByteBuffer.wrap(start).getInt(1);
        return length > start.length && length <= MAX_VALUE ? length : 0;
    }

    /** The header at the start of a value, or empty if there is none. */
    static Optional<EntryHeader> read(byte[] value) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(value);
            if (bytes.get() != VERSION) {
                return Optional.empty();
            }
            int length = bytes.getInt();
            CacheKey key = new CacheKey(bytes.getLong(), bytes.getLong());
            Instant createdAt = Instant.ofEpochMilli(bytes.getLong());
            String model = getText(bytes);
            String scope = getText(bytes);
            int count = bytes.getInt();
            Set<String> tags = new HashSet<>();
            for (int i = 0; i < count; i++) {
                tags.add(getText(bytes));
            }
            boolean whole = bytes.position() == length && tags.size() == count;
            return whole
                    ? Optional.of(new EntryHeader(length, key, createdAt, model, scope, Set.copyOf(tags)))
                    : Optional.empty();
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static long textSize(String text) {
        return Integer.BYTES + 3L * text.length(); // at most
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void putText(ByteBuffer buffer, byte[] text) {
        buffer.putInt(text.length).put(text);
    }

    private static String getText(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        buffer.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
