/** LangChain4j against the running product: its clients for Ollama and for OpenAI, by checks of ours and by the tests that it publishes. */
@NullMarked
package ai.orchestrator.conformance.langchain4j;

import org.jspecify.annotations.NullMarked;
