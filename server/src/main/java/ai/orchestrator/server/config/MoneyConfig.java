package ai.orchestrator.server.config;

import ai.orchestrator.plugin.model.Price;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What may be spent.
 *
 * @param maxTokens how many tokens an answer is taken to have at most, where neither the request nor the model's context says fewer
 * @param assumedPrice what a model is taken to cost whose price is not known; empty where such a model counts as over every budget
 */
public record MoneyConfig(List<Budget> budgets, int maxTokens, Optional<Price> assumedPrice) {
    public MoneyConfig {
        budgets = List.copyOf(budgets);
    }

    /**
     * A limit.
     *
     * @param usd US dollars, 0 or more
     */
    public record Budget(Period per, Whose whose, BigDecimal usd, Action action) {}

    /** What a limit is for. Days and months are those of UTC. */
    public enum Period {
        REQUEST,
        DAY,
        MONTH
    }

    /** Whose spending counts. */
    public sealed interface Whose {
        /** All callers' together. */
        record Everybody() implements Whose {}

        /** Each tenant's for itself; callers without a key are one more. */
        record EachTenant() implements Whose {}

        /** One tenant's. */
        record Tenant(String name) implements Whose {}
    }

    /** What becomes of a request whose model a limit does not allow. */
    public enum Action {
        /** A model that the limit allows answers, such as one that costs nothing. */
        LOCAL,
        /** It is refused. */
        REFUSE
    }
}
