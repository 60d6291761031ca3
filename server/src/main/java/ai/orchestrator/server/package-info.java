/** The program: its parts put together. */
@NullMarked
package ai.orchestrator.server;

import org.jspecify.annotations.NullMarked;
