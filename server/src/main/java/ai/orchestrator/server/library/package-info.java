/** The models that the server keeps itself, on disk in Ollama's own layout: pulled from registries, created, copied and deleted. */
@NullMarked
package ai.orchestrator.server.library;

import org.jspecify.annotations.NullMarked;
