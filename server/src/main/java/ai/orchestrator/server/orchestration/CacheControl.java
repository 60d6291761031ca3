package ai.orchestrator.server.orchestration;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the client asks of the cache, as in the request directives of RFC 9111 section 5.2.1.
 *
 * @param noCache answer afresh, and store the answer
 * @param noStore answer afresh, and store nothing
 * @param onlyIfCached answer from the cache or not at all
 * @param maxAge serve no stored answer that is older
 * @param tags labels for a stored answer, from {@code X-Cache-Tags}
 */
public record CacheControl(
        boolean noCache, boolean noStore, boolean onlyIfCached, Optional<Duration> maxAge, Set<String> tags) {
    /** Nothing asked. */
    public static final CacheControl DEFAULT = new CacheControl(false, false, false, Optional.empty(), Set.of());

    /** The same, and neither looked up nor stored. */
    public CacheControl withNoStore() {
        return new CacheControl(noCache, true, onlyIfCached, maxAge, tags);
    }

    /** The same, and not looked up. */
    public CacheControl withNoCache() {
        return new CacheControl(true, noStore, onlyIfCached, maxAge, tags);
    }
}
