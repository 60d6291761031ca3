/** What Unicode has in it that texts should not. */
@NullMarked
package ai.orchestrator.server.unicode;

import org.jspecify.annotations.NullMarked;
