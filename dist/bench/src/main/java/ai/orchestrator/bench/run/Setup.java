package ai.orchestrator.bench.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is measured, and how.
 *
 * @param tree the assembled product
 * @param model the GGUF file
 * @param folder a folder for all that is written meanwhile
 */
public record Setup(Path tree, Path model, Path folder, Writing writing, Loading loading) {
    /**
     * How generation is measured.
     *
     * @param llamaServer the native engine; without it only the embedded one is measured
     * @param ollama Ollama's program, to be measured beside the product
     * @param threads how many threads an engine computes with
     * @param warmUp how many answers each subject writes before it is measured
     * @param runs how often each subject is measured
     * @param tokens how long an answer is
     */
    public record Writing(
            Optional<Path> llamaServer, Optional<Path> ollama, int threads, int warmUp, int runs, int tokens) {
        /** Tokens of context for each of the requests that an engine has room for. */
        public static final int CONTEXT = 4096;

        /** How many requests an engine has room for. */
        public static final int PARALLEL = 4;
    }

    /**
     * How the cache is measured, and what stands around it.
     *
     * @param redis a {@code redis-server}; without it nothing is measured of Redis
     * @param wrk the program {@code wrk} for the closed loops that are measured; without it they are this module's own
     * @param rounds how often each subject is measured
     * @param length how long a subject is measured in a round
     * @param profiles where recordings of the measured servers are left
     */
    public record Loading(
            Optional<Path> redis, Optional<Path> wrk, int rounds, Duration length, Optional<Path> profiles) {}
}
