/** What the clients could do, as README shows it. */
@NullMarked
package ai.orchestrator.conformance.scoreboard;

import org.jspecify.annotations.NullMarked;
