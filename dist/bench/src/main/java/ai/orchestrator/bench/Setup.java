package ai.orchestrator.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is measured, and how.
 *
 * @param tree the assembled product
 * @param model the GGUF file
 * @param llamaServer the native engine; without it only the embedded one is measured
 * @param ollama Ollama's program, to be measured beside the product
 * @param folder a folder for all that is written meanwhile
 * @param threads how many threads an engine computes with
 * @param warmUp how many answers each subject writes before it is measured
 * @param runs how often each subject is measured
 * @param tokens how long an answer is
 */
record Setup(
        Path tree,
        Path model,
        Optional<Path> llamaServer,
        Optional<Path> ollama,
        Path folder,
        int threads,
        int warmUp,
        int runs,
        int tokens) {
    /** Tokens of context for each of the requests that an engine has room for. */
    static final int CONTEXT = 4096;

    /** How many requests an engine has room for. */
    static final int PARALLEL = 4;
}
