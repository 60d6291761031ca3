/** Measures search against collections that people have judged. */
@NullMarked
package ai.orchestrator.server.search.evaluate;

import org.jspecify.annotations.NullMarked;
