package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names of keys in Redis. Everything of the cache is under {@code <prefix>cache:}, so that clearing it spares what else the
 * product keeps under the prefix.
 */
final class RedisKeys {
    private final String entries;
    private final byte[] entriesStart;
    private final String models;
    private final String tags;
    private final byte[] pattern;

    RedisKeys(String prefix) {
        String root = prefix + "cache:";
        this.entries = root + "entry:";
        this.entriesStart = bytes(entries);
        this.models = root + "model:";
        this.tags = root + "tag:";
        this.pattern = bytes(root.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + "*");
    }

    byte[] entry(CacheKey key) {
        return bytes(entries + key);
    }

    boolean isEntry(byte[] key) {
        return key.length > entriesStart.length
                && Arrays.equals(key, 0, entriesStart.length, entriesStart, 0, entriesStart.length);
    }

    /** The index of a model's entries. */
    byte[] model(String model) {
        return bytes(models + model);
    }

    /** The index of a tag's entries. */
    byte[] tag(String tag) {
        return bytes(tags + tag);
    }

    /** Matches every key of the cache, for SCAN. */
    byte[] pattern() {
        return pattern;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
