/** OpenAI's API: chat completions, completions, embeddings and models, as Ollama serves them under {@code /v1}. */
@NullMarked
package ai.orchestrator.server.http.openai;

import org.jspecify.annotations.NullMarked;
