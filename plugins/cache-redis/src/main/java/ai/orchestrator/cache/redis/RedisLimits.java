package ai.orchestrator.cache.redis;

import java.time.Duration;

/**
 * How long things may take, each more than 0.
 *
 * @param deadline for a lookup, the wait for a free connection included; at most {@code timeout}
 * @param slow from when on a lookup counts as slow; at most {@code deadline}
 * @param timeout for each step of making a connection, and for every call that is no lookup
 * @param poolSize connections to each server
 */
record RedisLimits(Duration deadline, Duration slow, Duration timeout, int poolSize) {}
