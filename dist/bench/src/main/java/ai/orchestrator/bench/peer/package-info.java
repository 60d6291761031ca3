/** Programs in processes of their own that the product is measured with, or against. */
@NullMarked
package ai.orchestrator.bench.peer;

import org.jspecify.annotations.NullMarked;
