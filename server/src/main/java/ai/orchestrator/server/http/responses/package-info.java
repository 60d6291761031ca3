/** OpenAI's Responses API, as Ollama offers it: nothing is kept between requests. */
@NullMarked
package ai.orchestrator.server.http.responses;

import org.jspecify.annotations.NullMarked;
