/** Tests of reading GGUF files. */
@NullMarked
package ai.orchestrator.model.llamacpp.gguf;

import org.jspecify.annotations.NullMarked;
