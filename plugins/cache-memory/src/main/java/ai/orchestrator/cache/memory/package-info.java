/** The cache-memory plugin: Caffeine in this process. */
@NullMarked
package ai.orchestrator.cache.memory;

import org.jspecify.annotations.NullMarked;
