/** ollama4j against the running product. */
@NullMarked
package ai.orchestrator.conformance.ollama4j;

import org.jspecify.annotations.NullMarked;
