/**
 * Local GGUF models through llama.cpp. Each loaded model runs in a child process ({@link ai.orchestrator.model.llamacpp.worker}), so that a
 * fault of native code ends one process and not the server, and memory returns when a model is unloaded.
 */
@NullMarked
package ai.orchestrator.model.llamacpp;

import org.jspecify.annotations.NullMarked;
