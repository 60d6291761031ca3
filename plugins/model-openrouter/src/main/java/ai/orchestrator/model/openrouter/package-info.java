/** The model-openrouter plugin: cloud models through OpenRouter. */
@NullMarked
package ai.orchestrator.model.openrouter;

import org.jspecify.annotations.NullMarked;
