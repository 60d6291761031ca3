/** What becomes of answers over the wire: stored, replayed, shared while they are made, and removed. */
@NullMarked
package ai.orchestrator.server.replay;

import org.jspecify.annotations.NullMarked;
