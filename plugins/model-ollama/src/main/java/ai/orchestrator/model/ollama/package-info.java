/** The model-ollama plugin: models of an Ollama server elsewhere, by Ollama's native API. */
@NullMarked
package ai.orchestrator.model.ollama;

import org.jspecify.annotations.NullMarked;
