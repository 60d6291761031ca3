package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Names of keys in Redis. Everything of the cache is under {@code <prefix>cache:}, so that clearing it spares what else the
 * product keeps under the prefix.
 */
final class RedisKeys {
    private static final int DIGITS = 32;

    private final String root;
    private final String entries;
    private final byte[] entriesStart;
    private final byte[] pattern;

    RedisKeys(String prefix) {
        this.root = prefix + "cache:";
        this.entries = root + "entry:";
        this.entriesStart = bytes(entries);
        this.pattern = bytes(root.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + "*");
    }

    byte[] entry(CacheKey key) {
        return bytes(entries + key);
    }

    /** A key that is never there. */
    byte[] probe(int number) {
        return bytes(root + "probe:" + number);
    }

    /** The key whose entry a name stands for; empty if it is the name of something else. */
    Optional<CacheKey> keyOf(byte[] name) {
        int start = entriesStart.length;
        if (name.length != start + DIGITS || !Arrays.equals(name, 0, start, entriesStart, 0, start)) {
            return Optional.empty();
        }
        try {
            return Optional.of(CacheKey.parse(new String(name, start, DIGITS, StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean isEntry(byte[] name) {
        return keyOf(name).isPresent();
    }

    /** Matches every key of the cache, for SCAN. */
    byte[] pattern() {
        return pattern;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
