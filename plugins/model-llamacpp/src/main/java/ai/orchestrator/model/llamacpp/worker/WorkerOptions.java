package ai.orchestrator.model.llamacpp.worker;

import java.util.List;

/**
 * What a worker is told on its standard input when it starts.
 *
 * @param folder the worker's own folder, which it removes if its parent dies
 * @param model the GGUF file
 * @param adapters GGUF files that are applied to it
 * @param context tokens of context for each of the requests that run at once
 * @param parallel how many requests are computed at once; 1 for an embedding model, as llama.cpp cannot pool the vectors of others
 * @param threads how many threads compute
 * @param embedding whether the model makes vectors instead of text
 * @param chatTemplate the Jinja template of conversations; empty for a model that has none
 * @param leadingToken the text of the token that begins every prompt; empty for a model without one
 * @param addedTokens how many tokens an embedding model's tokenizer puts around a text
 */
public record WorkerOptions(
        String folder,
        String model,
        List<String> adapters,
        int context,
        int parallel,
        int threads,
        boolean embedding,
        String chatTemplate,
        String leadingToken,
        int addedTokens) {
    /** The name of the socket within {@link #folder}. */
    public static final String SOCKET = "worker.sock";
}
