/** Cache tiers: where stored answers live. */
@NullMarked
package ai.orchestrator.plugin.cache;

import org.jspecify.annotations.NullMarked;
