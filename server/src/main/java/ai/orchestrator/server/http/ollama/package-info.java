/** Ollama's native API: the wire on one side, the pipeline's types on the other. */
@NullMarked
package ai.orchestrator.server.http.ollama;

import org.jspecify.annotations.NullMarked;
