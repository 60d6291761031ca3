/** Tells sources that command whoever reads them from those that inform. */
@NullMarked
package ai.orchestrator.server.search.screen;

import org.jspecify.annotations.NullMarked;
