package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.cache.CacheKey;
import java.util.Arrays;

/**
 * Names a request in the cache.
 *
 * @param key the MD5 of the canonical request
 * @param sha256 the SHA-256 of the same bytes, which a hit has to carry
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record RequestFingerprint(CacheKey key, byte[] sha256) {
    @Override
    public boolean equals(Object other) {
        return other instanceof RequestFingerprint that && key.equals(that.key) && Arrays.equals(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
