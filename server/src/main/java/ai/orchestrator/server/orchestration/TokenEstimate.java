package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * About how many tokens a request will take, before any model has been asked: good enough to compare models and rules with, not to bill by.
 *
 * @param prompt tokens of the whole conversation
 * @param completion tokens of the answer
 */
public record TokenEstimate(int prompt, int completion) {
    /** An answer's length where the request sets no limit below it. */
    public static final int USUAL_ANSWER = 400;

    private static final int CHARS_PER_TOKEN = 4;
    private static final int PER_MESSAGE = 4;
    private static final int PER_IMAGE = 1_000;

    /** Counts four characters as a token, each message as 4 more, and an image as 1,000. */
    public static TokenEstimate of(ChatRequest request) {
        int limit = request.options().numPredict().orElse(USUAL_ANSWER);
        int completion = limit > 0 ? Math.min(limit, USUAL_ANSWER) : USUAL_ANSWER;
        long prompt =
                switch (request.prompt()) {
                    case Prompt.Chat(List<Message> messages) ->
                        messages.stream().mapToLong(TokenEstimate::of).sum();
                    case Prompt.Raw(String text) -> tokens(text);
                    case Prompt.Insert(String prefix, String suffix) -> tokens(prefix) + tokens(suffix);
                };
        return new TokenEstimate(Math.clamp(prompt, 1, Integer.MAX_VALUE), completion);
    }

    /** What so many tokens cost, in US dollars; empty where a price is not known. */
    public Optional<BigDecimal> cost(Price price) {
        return price.of(prompt, completion);
    }

    private static long tokens(String text) {
        return Math.ceilDiv(text.length(), CHARS_PER_TOKEN);
    }

    private static long of(Message message) {
        return tokens(message.content())
                + PER_MESSAGE
                + (long) PER_IMAGE * message.images().size();
    }
}
