package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.CostLedger;
import ai.orchestrator.server.orchestration.RoutePlan;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Books every call of a model into a file of its own. A fault of the file is logged and never costs a request. */
public final class SqliteCostLedger implements CostLedger, AutoCloseable {
    private final LedgerFile file;
    private final Supplier<Price> highPrice;
    private final Clock clock;
    private final CostTotals totals = new CostTotals();

    /** @param highPrice the price of the model that the High route asks first */
    public SqliteCostLedger(LedgerFile file, Supplier<Price> highPrice, Clock clock) {
        this.file = file;
        this.highPrice = highPrice;
        this.clock = clock;
    }

    @Override
    public Reservation reserve(ChatRequest request, RoutePlan plan, ModelInfo model) {
        return new Booking(request, plan, model);
    }

    @Override
    public Optional<BigDecimal> wouldHaveCost(int promptTokens, int completionTokens) {
        return highPrice.get().of(promptTokens, completionTokens);
    }

    /** What was spent since start. */
    public CostTotals totals() {
        return totals;
    }

    /** Writes what waits. */
    @Override
    public void close() {
        file.close();
    }

    private final class Booking implements Reservation {
        private final ChatRequest request;
        private final RoutePlan plan;
        private final ModelInfo model;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Booking(ChatRequest request, RoutePlan plan, ModelInfo model) {
            this.request = request;
            this.plan = plan;
            this.model = model;
        }

        @Override
        public Optional<BigDecimal> settle(Usage usage) {
            Optional<BigDecimal> cost = usage.costUsd().or(() -> price(usage.promptTokens(), usage.completionTokens()));
            book(usage.promptTokens(), usage.completionTokens(), cost, false);
            return cost;
        }

        @Override
        public void settleBroken(int pieces) {
            if (pieces > 0) {
                // a piece is about a token; the prompt of a broken call is not known and counts by its characters
                int promptTokens = Math.ceilDiv(request.question().length(), 4);
                book(promptTokens, pieces, price(promptTokens, pieces), true);
            } else {
                ended.set(true);
            }
        }

        /** A model without a price costs nothing; one whose price nobody told costs nobody knows what. */
        private Optional<BigDecimal> price(int promptTokens, int completionTokens) {
            return model.price()
                    .map(price -> price.of(promptTokens, completionTokens))
                    .orElse(Optional.of(BigDecimal.ZERO));
        }

        private void book(int promptTokens, int completionTokens, Optional<BigDecimal> cost, boolean estimated) {
            if (!ended.compareAndSet(false, true)) {
                throw new IllegalStateException("a call is booked once");
            }
            totals.add(cost);
            file.append(new LedgerRow(
                    clock.instant(),
                    request.requestId(),
                    request.caller().tenant(),
                    plan.route(),
                    model.name(),
                    promptTokens,
                    completionTokens,
                    cost,
                    estimated));
        }
    }
}
