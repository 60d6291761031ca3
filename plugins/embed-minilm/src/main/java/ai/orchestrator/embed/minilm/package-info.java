/** The embed-minilm plugin: all-MiniLM-L6-v2 on ONNX Runtime. */
@NullMarked
package ai.orchestrator.embed.minilm;

import org.jspecify.annotations.NullMarked;
