/** Texts that are not quite Unicode. */
@NullMarked
package ai.orchestrator.server.unicode;

import org.jspecify.annotations.NullMarked;
