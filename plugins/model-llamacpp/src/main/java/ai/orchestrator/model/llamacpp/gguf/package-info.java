/** Reads what a GGUF file tells about its model, and trusts none of it: such files come from strangers. */
@NullMarked
package ai.orchestrator.model.llamacpp.gguf;

import org.jspecify.annotations.NullMarked;
