package ai.orchestrator.cache.sqlite;

import java.time.Duration;

/**
 * What the operator can choose.
 *
 * @param ttl how long an entry lives where no rule says otherwise
 * @param maxSize bytes that the file may take
 * @param deadline how long a lookup may hold a request up
 * @param slow from when on a lookup counts as slow
 */
record TierSettings(Duration ttl, long maxSize, Duration deadline, Duration slow) {}
