package ai.orchestrator.model.llamacpp.worker;

import java.util.ArrayList;
import java.util.List;

/** Makes vectors of texts. */
final class Embedder {
    /** More characters than this many for each token are not worth looking at: hardly a token is so long. */
    private static final int CHARACTERS_PER_TOKEN = 64;

    private final LlamaBinding binding;
    private final int addedTokens;
    private final int room;

    Embedder(LlamaBinding binding, WorkerOptions options) {
        this.binding = binding;
        this.addedTokens = options.addedTokens();
        this.room = options.context() - addedTokens;
    }

    Reply.Vectors embed(Call.Embed call) throws RefusedException {
        List<float[]> vectors = new ArrayList<>();
        int tokens = 0;
        for (String text : call.texts()) {
            String fitting = fitting(text, call.truncate());
            vectors.add(binding.embed(fitting));
            tokens += binding.tokens(fitting).length + addedTokens;
        }
        return new Reply.Vectors(vectors, tokens);
    }

    private String fitting(String text, boolean truncate) throws RefusedException {
        int most = room * CHARACTERS_PER_TOKEN;
        String looked = text.length() > most && truncate ? text.substring(0, most) : text;
        int tokens = binding.tokens(looked).length;
        if (tokens > room) {
            if (!truncate) {
                throw new RefusedException(
                        Reply.Reason.CONTEXT_LENGTH,
                        "the input length exceeds the context length: " + (tokens + addedTokens) + " tokens of "
                                + (room + addedTokens));
            }
            looked = longestBeginning(looked);
        }
        // a tokenizer that adds nothing makes no token of nothing, and a vector is the sum of at least one
        return addedTokens == 0 && binding.tokens(looked).length == 0 ? " " : looked;
    }

    private String longestBeginning(String text) {
        int fits = 0;
        int tooLong = text.length();
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            if (binding.tokens(text.substring(0, middle)).length <= room) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        boolean halfACharacter = fits > 0 && Character.isHighSurrogate(text.charAt(fits - 1));
        return text.substring(0, halfACharacter ? fits - 1 : fits);
    }
}
