package ai.orchestrator.model.llamacpp.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Makes vectors of texts. */
final class Embedder {
    private final LlamaBinding binding;
    private final int addedTokens;
    private final int room;

    Embedder(LlamaBinding binding, WorkerOptions options) {
        this.binding = binding;
        this.addedTokens = options.addedTokens();
        this.room = options.context() - addedTokens;
    }

    /** The vectors of the texts; of fewer of them once it is called off. */
    Reply.Vectors embed(Call.Embed call, BooleanSupplier calledOff) throws RefusedException {
        List<float[]> vectors = new ArrayList<>();
        int tokens = 0;
        for (String text : call.texts()) {
            if (calledOff.getAsBoolean()) {
                break;
            }
            String fitting = fitting(text, call.truncate());
            vectors.add(binding.embed(fitting));
            tokens += binding.tokens(fitting).length + addedTokens;
        }
        return new Reply.Vectors(vectors, tokens);
    }

    private String fitting(String text, boolean truncate) throws RefusedException {
        int tokens = binding.tokens(text).length;
        if (tokens > room) {
            if (!truncate) {
                throw new RefusedException(
                        Reply.Reason.CONTEXT_LENGTH,
                        "the input length exceeds the context length: " + (tokens + addedTokens) + " tokens of "
                                + (room + addedTokens));
            }
            return longestBeginning(text);
        }
        // a tokenizer that adds nothing makes no token of nothing, and a vector needs at least one
        return addedTokens + tokens == 0 ? " " : text;
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
