/** Spring AI against the running product. */
@NullMarked
package ai.orchestrator.conformance.springai;

import org.jspecify.annotations.NullMarked;
