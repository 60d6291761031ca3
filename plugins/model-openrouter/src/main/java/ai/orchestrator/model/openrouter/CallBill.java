package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.Doubts;
import ai.orchestrator.openai.wire.HttpReply;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at what one answer is said to have cost, as it passes by. What OpenRouter says is what it charges, so that counts, however far from the
 * list of prices; but what no call of this size can cost is not booked before OpenRouter has said it twice.
 */
final class CallBill implements ModelEvents {
    /** How many times the price list's cost is worth a warning. */
    private static final BigDecimal SURPRISING = BigDecimal.TEN;

    private static final BigDecimal WORTH_A_WARNING = new BigDecimal("0.01");

    /** How many times the price list's cost nobody charges. */
    private static final BigDecimal INCREDIBLE = BigDecimal.valueOf(1_000);

    private static final BigDecimal WORTH_A_DOUBT = BigDecimal.ONE;

    /** What no single call costs, where no list tells a price. */
    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000);

    private final ModelEvents events;
    private final String model;
    private final Optional<Price> price;
    private final int images;
    private final GenerationLookup lookup;
    private final Doubts doubts;
    private volatile String id = "";

    /** @param price empty for a model that costs nothing */
    CallBill(
            ModelEvents events,
            String model,
            Optional<Price> price,
            int images,
            GenerationLookup lookup,
            Doubts doubts) {
        this.events = events;
        this.model = model;
        this.price = price;
        this.images = images;
        this.lookup = lookup;
        this.doubts = doubts;
    }

    /** The reply's head has OpenRouter's name for the call. */
    void head(HttpReply reply) {
        id = reply.header("X-Generation-Id").orElse("");
    }

    @Override
    public void emit(ModelEvent event) {
        if (event instanceof ModelEvent.Finished(var reason, Usage usage, String stopText)) {
            events.emit(new ModelEvent.Finished(reason, judged(usage), stopText));
        } else {
            events.emit(event);
        }
    }

    @Override
    public void onCancel(Runnable action) {
        events.onCancel(action);
    }

    @Override
    public Consumer<Usage> lateBill() {
        return events.lateBill();
    }

    /** The answer has no end, so nobody has told what it cost. */
    void broke() {
        if (!id.isEmpty()) {
            lookup.ask(id, events.lateBill());
        }
    }

    private Usage judged(Usage usage) {
        if (usage.costUsd().isEmpty()) {
            broke();
            return usage;
        }
        BigDecimal told = usage.costUsd().get();
        Optional<BigDecimal> listed =
                price.map(known -> known.of(usage, images)).orElse(Optional.of(BigDecimal.ZERO));
        if (exceeds(told, listed, INCREDIBLE, WORTH_A_DOUBT) || listed.isEmpty() && told.compareTo(DEAREST) > 0) {
            doubts.warn(
                    model,
                    "it told a cost of " + shown(told) + " US dollars" + byTheList(listed)
                            + (id.isEmpty() ? "" : " (" + id + ")") + ": not booked unless OpenRouter confirms it");
            broke();
            return withoutCost(usage);
        }
        if (exceeds(told, listed, SURPRISING, WORTH_A_WARNING)) {
            doubts.warn(
                    model,
                    "it told a cost of " + shown(told) + " US dollars" + byTheList(listed)
                            + (id.isEmpty() ? "" : " (" + id + ")") + ": booked as it was told");
        }
        return usage;
    }

    private static boolean exceeds(BigDecimal told, Optional<BigDecimal> listed, BigDecimal times, BigDecimal floor) {
        return told.compareTo(floor) > 0
                && listed.filter(cost -> told.compareTo(cost.multiply(times)) > 0)
                        .isPresent();
    }

    private static String byTheList(Optional<BigDecimal> listed) {
        return listed.map(cost -> ", where the list of prices gives " + shown(cost))
                .orElse("");
    }

    private static String shown(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }

    private static Usage withoutCost(Usage usage) {
        return new Usage(
                usage.promptTokens(),
                usage.cachedPromptTokens(),
                usage.completionTokens(),
                usage.load(),
                usage.promptEval(),
                usage.eval(),
                Optional.empty(),
                usage.servedModel());
    }
}
