/** Tries routing rules on queries without answering them: what {@code orchestrator routes test} does. */
@NullMarked
package ai.orchestrator.server.trial;

import org.jspecify.annotations.NullMarked;
