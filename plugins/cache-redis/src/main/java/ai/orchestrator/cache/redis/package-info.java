/** The cache-redis plugin: Redis through Jedis. */
@NullMarked
package ai.orchestrator.cache.redis;

import org.jspecify.annotations.NullMarked;
