/** Vectors that this server makes for itself, to compare texts by. */
@NullMarked
package ai.orchestrator.server.embed;

import org.jspecify.annotations.NullMarked;
