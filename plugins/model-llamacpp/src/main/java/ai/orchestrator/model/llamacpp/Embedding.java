package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.embed.EmbeddingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Has a process make the vectors of texts, a few at a time, so that no message becomes too large. */
final class Embedding {
    private static final int TEXTS_AT_ONCE = 16;

    private Embedding() {}

    /**
     * The texts as they are sent to a process.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if one is too long and may not be cut
     */
    static List<String> fitting(List<String> texts, boolean truncate, int context) {
        int most = (int) Math.min(Integer.MAX_VALUE, TextSize.most(context));
        return texts.stream()
                .map(text -> {
                    if (text.length() <= most) {
                        return text;
                    }
                    if (!truncate) {
                        throw TextSize.tooLong("the input length exceeds the context length: " + text.length()
                                + " characters for " + context + " tokens");
                    }
                    return text.substring(0, most);
                })
                .toList();
    }

    static EmbeddingResult run(
            ModelProcess process, List<String> texts, boolean truncate, Duration load, CallControl control) {
        List<float[]> vectors = new ArrayList<>();
        int tokens = 0;
        for (int from = 0; from < texts.size(); from += TEXTS_AT_ONCE) {
            List<String> some = texts.subList(from, Math.min(texts.size(), from + TEXTS_AT_ONCE));
            ModelProcess.Vectors made = process.embed(some, truncate, control);
            vectors.addAll(made.vectors());
            tokens += made.promptTokens();
        }
        return new EmbeddingResult(List.copyOf(vectors), tokens, load);
    }
}
