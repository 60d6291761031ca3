package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.CostLedger.Arrived;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes bills out of what a provider tells, as far as it can be believed, else out of what arrived. */
final class Billing {
    private static final Logger LOG = LoggerFactory.getLogger(Billing.class);
    private static final int MOST_TOKENS = 50_000_000;
    private static final int MOST_DIGITS = 40;

    private final Prices prices;
    private final Set<Warned> warned = ConcurrentHashMap.newKeySet();

    private enum Doubt {
        PRICE,
        TOKENS,
        NO_TOKENS,
        COST
    }

    private record Warned(String model, Doubt doubt) {}

    Billing(Prices prices) {
        this.prices = prices;
    }

    /** The bill of a whole answer: what was charged, else its tokens at the model's price. */
    Bill of(ModelInfo model, PromptTokens prompt, Usage usage, Arrived arrived) {
        boolean told = tokensAreTold(model, usage, arrived);
        Usage counted = told ? usage : own(prompt, arrived);
        Optional<BigDecimal> charged = usage.costUsd().filter(cost -> believed(model, prompt, cost));
        if (charged.isPresent()) {
            return new Bill(counted.promptTokens(), counted.completionTokens(), charged, !told);
        }
        Optional<BigDecimal> byTokens = Prices.of(model, counted, prompt.images());
        if (told && byTokens.filter(cost -> !believed(model, prompt, cost)).isPresent()) {
            return broken(model, prompt, arrived);
        }
        boolean refused = usage.costUsd().isPresent();
        if (byTokens.isEmpty() && !refused) {
            warnUnknown(model);
        }
        return new Bill(counted.promptTokens(), counted.completionTokens(), byTokens, !told || refused);
    }

    /** Warns of a model whose price nobody knows, once. */
    void warnUnknown(ModelInfo model) {
        warnOnce(
                model,
                Doubt.PRICE,
                "nobody knows what its answers cost, unless its provider tells: give it a 'price', of 0 where it costs nothing;"
                        + " budgets go by 'costs' until then, and the bill counts such calls as unknown");
    }

    /** The bill of an answer that broke off, by what came of it. */
    Bill broken(ModelInfo model, PromptTokens prompt, Arrived arrived) {
        Usage own = own(prompt, arrived);
        return new Bill(own.promptTokens(), own.completionTokens(), Prices.of(model, own, prompt.images()), true);
    }

    /** A piece is a token at least, and four characters are about one. */
    private static Usage own(PromptTokens prompt, Arrived arrived) {
        long written = Math.max(arrived.pieces(), Math.ceilDiv(arrived.chars(), 4L));
        return Prices.tokens(prompt.likely(), (int) Math.min(written, Integer.MAX_VALUE));
    }

    private boolean tokensAreTold(ModelInfo model, Usage usage, Arrived arrived) {
        if (!possible(usage)) {
            warnOnce(
                    model,
                    Doubt.TOKENS,
                    "its provider told an impossible number of tokens, " + usage.promptTokens() + " read, "
                            + usage.cachedPromptTokens() + " of them cached, and " + usage.completionTokens()
                            + " written: such calls are booked by this server's own estimate");
            return false;
        }
        boolean missing = usage.promptTokens() == 0
                && usage.completionTokens() == 0
                && usage.costUsd().isEmpty()
                && arrived.pieces() > 0;
        if (missing && !Prices.isFree(model)) {
            warnOnce(
                    model,
                    Doubt.NO_TOKENS,
                    "its provider tells no tokens: such calls are booked by this server's own estimate");
        }
        return !missing || Prices.isFree(model);
    }

    private static boolean possible(Usage usage) {
        return usage.promptTokens() >= 0
                && usage.promptTokens() <= MOST_TOKENS
                && usage.completionTokens() >= 0
                && usage.completionTokens() <= MOST_TOKENS
                && usage.cachedPromptTokens() >= 0
                && usage.cachedPromptTokens() <= usage.promptTokens();
    }

    private boolean believed(ModelInfo model, PromptTokens prompt, BigDecimal cost) {
        boolean believed = cost.signum() >= 0
                && Math.abs((long) cost.scale()) <= MOST_DIGITS
                && cost.compareTo(prices.beyondBelief(model, prompt)) <= 0;
        if (!believed) {
            warnOnce(
                    model,
                    Doubt.COST,
                    "its provider told that an answer cost " + cost
                            + " US dollars, which cannot be: such calls are booked by their tokens or as an estimate");
        }
        return believed;
    }

    private void warnOnce(ModelInfo model, Doubt doubt, String sentence) {
        if (warned.add(new Warned(model.name(), doubt))) {
            LOG.warn("{}: {}", model.name(), sentence);
        }
    }
}
