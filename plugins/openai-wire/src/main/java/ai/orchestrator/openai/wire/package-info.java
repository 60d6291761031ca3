/** OpenAI's chat wire, server-sent events and the OkHttp set-up, for the providers that speak it. */
@NullMarked
package ai.orchestrator.openai.wire;

import org.jspecify.annotations.NullMarked;
