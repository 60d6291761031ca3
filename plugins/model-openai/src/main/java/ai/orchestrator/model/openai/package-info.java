/** The model-openai plugin: models of any server that speaks OpenAI's wire, such as vLLM, llama-server or LM Studio. */
@NullMarked
package ai.orchestrator.model.openai;

import org.jspecify.annotations.NullMarked;
