/** Counts of what the server does. */
@NullMarked
package ai.orchestrator.server.stats;

import org.jspecify.annotations.NullMarked;
