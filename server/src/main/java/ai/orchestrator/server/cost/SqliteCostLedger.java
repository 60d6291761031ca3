package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.config.MoneyConfig;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.CostFigures;
import ai.orchestrator.server.orchestration.CostLedger;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.RoutePlan;
import ai.orchestrator.server.orchestration.Stats;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Books every call of a model into a file of its own, within the operator's budgets. A fault of the file is logged and never costs a request. */
public final class SqliteCostLedger implements CostLedger, AutoCloseable {
    private final LedgerFile file;
    private final Supplier<Price> highPrice;
    private final Supplier<List<ModelInfo>> lowModels;
    private final Clock clock;
    private final Prices prices;
    private final Billing billing;
    private final Budgets budgets;
    private final CostTotals totals = new CostTotals();
    private final Booking.Books books;

    /**
     * A ledger.
     *
     * @param highPrice the price of the model that the High route asks first
     * @param lowModels those of the Low route, which answer where a budget allows none of a route's own
     */
    public SqliteCostLedger(
            LedgerFile file,
            MoneyConfig money,
            Supplier<Price> highPrice,
            Supplier<List<ModelInfo>> lowModels,
            Clock clock) {
        this.file = file;
        this.highPrice = highPrice;
        this.lowModels = lowModels;
        this.clock = clock;
        this.prices = new Prices(money);
        this.budgets = new Budgets(money.budgets(), file::spentBefore);
        this.billing = new Billing(prices);
        this.books = new Booking.Books(billing, prices, budgets, totals, file);
    }

    @Override
    public Reservation reserve(ChatRequest request, RoutePlan plan, List<ModelInfo> models, Prompt prompt) {
        Instant now = clock.instant();
        PromptTokens tokens = PromptTokens.of(request, prompt);
        List<Wish> wishes = models.stream()
                .map(model -> new Wish(model, prices.most(model, request, tokens)))
                .toList();
        if (budgets.concern(plan)) {
            models.stream().filter(Prices::isUnknown).forEach(billing::warnUnknown);
        }
        Budgets.Verdict verdict = budgets.hold(request.caller().tenant(), now, wishes, plan.budget());
        List<ModelInfo> allowed = verdict.models();
        if (verdict.breach().isPresent() && allowed.isEmpty()) {
            Breach breach = verdict.breach().get();
            allowed = breach.action() == MoneyConfig.Action.LOCAL ? spare(request, plan) : List.of();
            if (allowed.isEmpty()) {
                throw breach.failure();
            }
        }
        return new Booking(
                books, request, plan, tokens, now, allowed, verdict.breach().isPresent(), verdict.held());
    }

    /** Models that cost nothing and can answer in the place of others, unless the client named the one that it wants. */
    private List<ModelInfo> spare(ChatRequest request, RoutePlan plan) {
        boolean named = ModelName.parse(request.model())
                .map(ModelName::full)
                .filter(name -> name.equals(fullName(plan.models().getFirst())))
                .isPresent();
        if (named && !request.routed()) {
            return List.of();
        }
        boolean images = request.prompt() instanceof Prompt.Chat(List<Message> messages)
                && messages.stream().anyMatch(message -> !message.images().isEmpty());
        return lowModels.get().stream()
                .filter(Prices::isFree)
                .filter(model -> !images || model.capabilities().contains(Capability.VISION))
                .filter(model ->
                        request.tools().isEmpty() || model.capabilities().contains(Capability.TOOLS))
                .toList();
    }

    private static String fullName(String model) {
        return ModelName.parse(model).map(ModelName::full).orElse(model);
    }

    @Override
    public Optional<BigDecimal> wouldHaveCost(int promptTokens, int completionTokens) {
        return highPrice.get().of(promptTokens, completionTokens);
    }

    /**
     * Books what the server spent beside answers, for nobody in particular. It counts in the budgets for all, but none forbids it.
     *
     * @param route what it was for
     * @param model what was paid for
     */
    public void spent(String route, String model, BigDecimal usd) {
        Instant now = clock.instant();
        Held held = budgets.hold("", now, List.of(), Optional.empty()).held();
        LedgerRow row = new LedgerRow(now, "", "", route, model, 0, 0, Optional.of(usd), Optional.empty(), false);
        budgets.spend(held, usd);
        totals.add(row.cost());
        file.append(new LedgerEntry.Booked(row));
    }

    /** Notes what an answer that was given saved. */
    public void saved(Stats.Answered answered) {
        file.save(
                new CostGroup(
                        CostGroup.day(clock.instant()),
                        answered.request().caller().tenant(),
                        answered.route(),
                        answered.model()),
                CostFigures.ofSaving(answered.cache(), answered.saved()));
    }

    /** What was spent since start. */
    public CostTotals totals() {
        return totals;
    }

    /** How the budgets are doing. */
    public List<BudgetState> budgets() {
        return budgets.states(clock.instant());
    }

    /** Those of them that a tenant may know of, which are not for another one alone; all where no tenant is given. */
    public List<BudgetState> budgets(Optional<String> tenant) {
        return budgets().stream()
                .filter(budget -> tenant.isEmpty()
                        || budget.tenant().isEmpty()
                        || budget.tenant().equals(tenant))
                .toList();
    }

    /** Writes what waits. */
    @Override
    public void close() {
        file.close();
    }
}
