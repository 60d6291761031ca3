package ai.orchestrator.server.orchestration;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the client asks of the cache, as in the request directives of RFC 9111 section 5.2.1. That stale answers would be welcome
 * ({@code max-stale}) makes no difference, since none is served.
 *
 * @param noCache answer afresh, and store the answer
 * @param noStore answer afresh, and store nothing
 * @param onlyIfCached answer from the cache or not at all
 * @param maxAge serve no stored answer that is older
 * @param minFresh serve no stored answer that has less time left
 * @param tags labels for a stored answer, from {@code X-Cache-Tags}
 * @param oldName the text that names the same request in the older service's cache, whose answer does, too
 */
public record CacheControl(
        boolean noCache,
        boolean noStore,
        boolean onlyIfCached,
        Optional<Duration> maxAge,
        Optional<Duration> minFresh,
        Set<String> tags,
        Optional<String> oldName) {
    /** Nothing asked. */
    public static final CacheControl DEFAULT =
            new CacheControl(false, false, false, Optional.empty(), Optional.empty(), Set.of(), Optional.empty());

    public CacheControl {
        tags = Set.copyOf(tags);
    }

    /** The same, and neither looked up nor stored. */
    public CacheControl withNoStore() {
        return new CacheControl(noCache, true, onlyIfCached, maxAge, minFresh, tags, oldName);
    }

    /** The same, and not looked up. */
    public CacheControl withNoCache() {
        return new CacheControl(true, noStore, onlyIfCached, maxAge, minFresh, tags, oldName);
    }

    /** The same, and the older service's answer to the request of this name does, too. */
    public CacheControl withOldName(String name) {
        return new CacheControl(noCache, noStore, onlyIfCached, maxAge, minFresh, tags, Optional.of(name));
    }

    /**
     * Whether a stored answer may be served. None is young enough for a client that takes none older than nothing.
     *
     * @param left for how much longer it may be served at all
     */
    public boolean accepts(Duration age, Duration left) {
        return (maxAge.isEmpty() || (maxAge.get().isPositive() && age.compareTo(maxAge.get()) <= 0))
                && (minFresh.isEmpty() || left.compareTo(minFresh.get()) >= 0);
    }
}
