package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.config.MoneyConfig;
import ai.orchestrator.server.orchestration.ChatRequest;
import java.math.BigDecimal;
import java.util.Optional;

/** What answers of models cost, before they are made. */
final class Prices {
    private final MoneyConfig money;

    Prices(MoneyConfig money) {
        this.money = money;
    }

    /** Whether a model costs nothing: it has no price, or one of zero. */
    static boolean isFree(ModelInfo model) {
        return model.price()
                .map(price -> isZero(price.prompt()) && isZero(price.completion()))
                .orElse(true);
    }

    /** What so many tokens cost: nothing where the model has no price; empty where it has one that nobody knows. */
    static Optional<BigDecimal> of(ModelInfo model, int promptTokens, int completionTokens) {
        return model.price().map(price -> price.of(promptTokens, completionTokens)).orElse(Optional.of(BigDecimal.ZERO));
    }

    /** The most that an answer may cost; empty where the price is not known and none is assumed. */
    Optional<BigDecimal> most(ModelInfo model, ChatRequest request, PromptTokens prompt) {
        if (isFree(model)) {
            return Optional.of(BigDecimal.ZERO);
        }
        int written = mostWritten(model, request);
        return of(model, prompt.most(), written)
                .or(() -> money.assumedPrice().flatMap(price -> price.of(prompt.most(), written)));
    }

    /** The price as it is told, else as it is assumed. */
    Optional<Price> known(ModelInfo model) {
        return model.price()
                .filter(price -> price.prompt().isPresent() && price.completion().isPresent())
                .or(money::assumedPrice);
    }

    private int mostWritten(ModelInfo model, ChatRequest request) {
        int asked = request.options()
                .numPredict()
                .or(() -> model.defaults().flatMap(SamplingOptions::numPredict))
                .filter(most -> most > 0)
                .orElse(money.maxTokens());
        return Math.min(asked, model.contextLength().orElse(Integer.MAX_VALUE));
    }

    private static boolean isZero(Optional<BigDecimal> part) {
        return part.filter(amount -> amount.signum() == 0).isPresent();
    }
}
