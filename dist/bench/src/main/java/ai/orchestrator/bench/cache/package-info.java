/** Measures the budgets of the cache: hits of every tier, misses, shared answers, memory, and the start. */
@NullMarked
package ai.orchestrator.bench.cache;

import org.jspecify.annotations.NullMarked;
