package ai.orchestrator.model.openai;

import ai.orchestrator.openai.wire.ChatCompletions;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import java.time.Duration;
import java.util.List;

/**
 * Embeds texts. The wire cannot ask for texts to be cut that are too long for the model, and does not tell which ones are: the longest are
 * halved until the server takes them all.
 */
final class Embedder {
    private static final int SHORTEST = 16;

    private final ChatCompletions client;

    Embedder(ChatCompletions client) {
        this.client = client;
    }

    EmbeddingResult embed(String id, List<String> texts, boolean truncate) {
        if (texts.isEmpty()) {
            return new EmbeddingResult(List.of(), 0, Duration.ZERO);
        }
        List<String> fitting = texts;
        while (true) {
            try {
                return client.embed(id, fitting);
            } catch (PluginFailure.Permanent tooLong) {
                int longest = fitting.stream().mapToInt(String::length).max().orElse(0);
                if (tooLong.code() != FailureCode.CONTEXT_LENGTH || !truncate || longest <= SHORTEST) {
                    throw tooLong;
                }
                fitting = fitting.stream().map(text -> cut(text, longest / 2)).toList();
            }
        }
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
