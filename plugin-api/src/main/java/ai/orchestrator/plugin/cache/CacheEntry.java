package ai.orchestrator.plugin.cache;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * A stored answer. The body is the host's own format and opaque to tiers, which keep all five parts exactly.
 *
 * @param body never changed after it is handed over, by either side
 * @param createdAt when the answer was made, to the millisecond
 * @param model the full name of the model that the request named, for removal by model
 * @param scope whose entry it is; empty for everybody's
 * @param tags labels for removal by tag
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below; a copy of each body would cost the hot path
public record CacheEntry(byte[] body, Instant createdAt, String model, String scope, Set<String> tags) {
    @Override
    public boolean equals(Object other) {
        return other instanceof CacheEntry that
                && Arrays.equals(body, that.body)
                && createdAt.equals(that.createdAt)
                && model.equals(that.model)
                && scope.equals(that.scope)
                && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "CacheEntry[" + body.length + " bytes, " + createdAt + ", " + model + "]";
    }
}
