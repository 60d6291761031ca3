/** Tests of the plugin, most of them with models of random weights that llama.cpp really runs. */
@NullMarked
package ai.orchestrator.model.llamacpp;

import org.jspecify.annotations.NullMarked;
