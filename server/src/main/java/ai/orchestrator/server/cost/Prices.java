package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.config.MoneyConfig;
import ai.orchestrator.server.orchestration.ChatRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What answers of models cost. */
public final class Prices {
    /** What an answer may cost beside its tokens, such as for a search that the far side made. */
    private static final BigDecimal EXTRAS = BigDecimal.ONE;

    private static final int EXTRA_PROMPT_TOKENS = 32_768;
    private static final int LONGEST_ANSWER = 262_144;

    /** What nobody is known to charge more than, for models of unknown price. */
    private static final Price DEAREST = Price.perToken(new BigDecimal("0.00015"), new BigDecimal("0.0006"));

    private final MoneyConfig money;

    Prices(MoneyConfig money) {
        this.money = money;
    }

    /** Whether a model costs nothing: it has no price, or one of zero. */
    public static boolean isFree(ModelInfo model) {
        return model.price()
                .map(price -> price.longPrompts().isEmpty()
                        && Stream.of(
                                        price.prompt(),
                                        price.completion(),
                                        Optional.of(price.request()),
                                        Optional.of(price.image()))
                                .allMatch(part -> part.isPresent() && part.get().signum() == 0))
                .orElse(true);
    }

    /** Whether a model has a price that nobody knows. */
    static boolean isUnknown(ModelInfo model) {
        return model.price()
                .filter(price -> price.prompt().isEmpty() || price.completion().isEmpty())
                .isPresent();
    }

    /** What a call cost by its tokens: nothing where the model has no price; empty where it has one that nobody knows. */
    static Optional<BigDecimal> of(ModelInfo model, Usage usage, int images) {
        return model.price().map(price -> price.of(usage, images)).orElse(Optional.of(BigDecimal.ZERO));
    }

    /** Tokens alone, none of them cached. */
    static Usage tokens(int prompt, int completion) {
        return new Usage(prompt, 0, completion, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), "");
    }

    /** The most that an answer may cost as it is asked for; empty where the price is not known and none is assumed. */
    Optional<BigDecimal> most(ModelInfo model, ChatRequest request, PromptTokens prompt) {
        if (isFree(model)) {
            return Optional.of(BigDecimal.ZERO);
        }
        Usage most = tokens(prompt.most(), mostWritten(model, request));
        return of(model, most, prompt.images())
                .or(() -> money.assumedPrice().flatMap(price -> price.of(most, prompt.images())));
    }

    /** More than any answer to the prompt can cost, whatever the far side adds to it: who claims more is not believed. */
    BigDecimal beyondBelief(ModelInfo model, PromptTokens prompt) {
        int written = model.contextLength().orElse(LONGEST_ANSWER);
        Usage most = tokens((int) Math.min(2L * prompt.most() + EXTRA_PROMPT_TOKENS, Integer.MAX_VALUE), written);
        return of(model, most, prompt.images())
                .or(() -> DEAREST.of(most, 0))
                .orElse(BigDecimal.ZERO)
                .add(EXTRAS);
    }

    /** What so many tokens are taken to cost at a price that is not known; empty where none is assumed. */
    Optional<BigDecimal> assumed(int promptTokens, int completionTokens) {
        return money.assumedPrice().flatMap(price -> price.of(promptTokens, completionTokens));
    }

    private int mostWritten(ModelInfo model, ChatRequest request) {
        int asked = request.options()
                .numPredict()
                .or(() -> model.defaults().flatMap(SamplingOptions::numPredict))
                .filter(most -> most > 0)
                .orElse(money.maxTokens());
        return Math.min(asked, model.contextLength().orElse(Integer.MAX_VALUE));
    }
}
