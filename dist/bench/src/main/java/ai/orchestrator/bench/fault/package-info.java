/** Measures what requests feel of a cache tier that breaks. */
@NullMarked
package ai.orchestrator.bench.fault;

import org.jspecify.annotations.NullMarked;
