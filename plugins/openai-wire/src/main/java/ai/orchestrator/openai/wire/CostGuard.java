package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at what one answer is said to have cost, as it passes by. What is told is what is charged, so it counts, however far from the price that
 * is known; but what no call of this size can cost is taken out, so that one absurd number does not use up a budget.
 */
public class CostGuard implements ModelEvents {
    /** How many times the known price is worth a warning. */
    private static final BigDecimal SURPRISING = BigDecimal.TEN;

    private static final BigDecimal WORTH_A_WARNING = new BigDecimal("0.01");

    /** How many times the known price nobody charges. */
    private static final BigDecimal INCREDIBLE = BigDecimal.valueOf(1_000);

    private static final BigDecimal WORTH_A_DOUBT = BigDecimal.ONE;

    /** What no single call costs, where no price is known. */
    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000);

    private final ModelEvents events;
    private final String model;
    private final Optional<Price> price;
    private final int images;
    private final Doubts doubts;

    /**
     * Passes on to {@code events}.
     *
     * @param model the far side's name for it
     * @param price empty for a model that costs nothing
     */
    public CostGuard(ModelEvents events, String model, Optional<Price> price, Prompt prompt, Doubts doubts) {
        this.events = events;
        this.model = model;
        this.price = price;
        this.images = images(prompt);
        this.doubts = doubts;
    }

    @Override
    public final void emit(ModelEvent event) {
        if (event instanceof ModelEvent.Finished(var reason, Usage usage, String stopText)) {
            Usage judged = judged(usage);
            if (judged.costUsd().isEmpty()) {
                untold();
            }
            events.emit(new ModelEvent.Finished(reason, judged, stopText));
        } else {
            events.emit(event);
        }
    }

    @Override
    public void onCancel(Runnable action) {
        events.onCancel(action);
    }

    @Override
    public final Consumer<Usage> lateBill() {
        return events.lateBill();
    }

    /** The answer is complete, and what it cost is not told, or not to be believed. */
    protected void untold() {}

    /** What the far side calls this call, for the log; empty if it does not say. */
    protected String call() {
        return "";
    }

    private Usage judged(Usage usage) {
        if (usage.costUsd().isEmpty()) {
            return usage;
        }
        BigDecimal told = usage.costUsd().get();
        Optional<BigDecimal> known = price.map(each -> each.of(usage, images)).orElse(Optional.of(BigDecimal.ZERO));
        boolean incredible = known.map(cost -> exceeds(told, cost, INCREDIBLE, WORTH_A_DOUBT))
                .orElse(told.compareTo(DEAREST) > 0);
        if (incredible) {
            warn(told, known, "not booked unless it is confirmed");
            return withoutCost(usage);
        }
        if (known.filter(cost -> exceeds(told, cost, SURPRISING, WORTH_A_WARNING))
                .isPresent()) {
            warn(told, known, "booked as it was told");
        }
        return usage;
    }

    private void warn(BigDecimal told, Optional<BigDecimal> known, String outcome) {
        String expected =
                known.map(cost -> ", where its price gives " + shown(cost)).orElse("");
        String name = call().isEmpty() ? "" : " (" + call() + ")";
        doubts.warn(model, "it told a cost of " + shown(told) + " US dollars" + expected + name + ": " + outcome);
    }

    private static boolean exceeds(BigDecimal told, BigDecimal known, BigDecimal times, BigDecimal floor) {
        return told.compareTo(floor) > 0 && told.compareTo(known.multiply(times)) > 0;
    }

    private static String shown(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }

    private static int images(Prompt prompt) {
        return prompt instanceof Prompt.Chat(List<Message> messages)
                ? messages.stream().mapToInt(message -> message.images().size()).sum()
                : 0;
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
