/** The model-llamacpp plugin: local GGUF models through llama.cpp in a worker process. */
@NullMarked
package ai.orchestrator.model.llamacpp;

import org.jspecify.annotations.NullMarked;
