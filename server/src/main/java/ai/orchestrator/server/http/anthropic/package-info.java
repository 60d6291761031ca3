/** Anthropic's Messages API, as Ollama offers it. */
@NullMarked
package ai.orchestrator.server.http.anthropic;

import org.jspecify.annotations.NullMarked;
