/** Measures how local models write through the product. */
@NullMarked
package ai.orchestrator.bench.generation;

import org.jspecify.annotations.NullMarked;
