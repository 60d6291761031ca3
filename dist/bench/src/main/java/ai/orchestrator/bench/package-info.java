/** Measures the assembled product against what it stands on, all on one machine and in one run. */
@NullMarked
package ai.orchestrator.bench;

import org.jspecify.annotations.NullMarked;
