/** Prompts made by the Go templates that models in Ollama's format bring along, and what the models' answers to them mean. */
@NullMarked
package ai.orchestrator.server.template;

import org.jspecify.annotations.NullMarked;
