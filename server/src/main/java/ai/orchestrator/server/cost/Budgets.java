package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.config.MoneyConfig.Action;
import ai.orchestrator.server.config.MoneyConfig.Budget;
import ai.orchestrator.server.config.MoneyConfig.Period;
import ai.orchestrator.server.config.MoneyConfig.Whose;
import ai.orchestrator.server.orchestration.RoutePlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The operator's limits. What an answer may cost is set aside in one step with the look whether it may, so that answers made at the same time
 * never spend more together than they may.
 */
public final class Budgets {
    /** When answers in the making will have given back some of what is set aside for them. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final List<Budget> budgets;
    private final Supplier<SpentBefore> before;
    private final Map<Slot, BudgetPeriod> periods = new HashMap<>();

    private record Slot(int budget, String tenant, LocalDate from) {}

    /** @param before what was spent before this process began; asked for, if there are budgets, when the first answer is to be made */
    public Budgets(List<Budget> budgets, Supplier<SpentBefore> before) {
        this.budgets = List.copyOf(budgets);
        this.before = before;
    }

    /**
     * What the budgets allow.
     *
     * @param models those of the wishes that may be called, in order; none where {@code breach} refuses the request
     * @param breach why the first wish is not among them
     * @param held what is set aside
     */
    record Verdict(List<ModelInfo> models, Optional<Breach> breach, Held held) {}

    /** Whether there is any limit for answers by a plan. */
    boolean concern(RoutePlan plan) {
        return !budgets.isEmpty() || plan.budget().isPresent();
    }

    /**
     * Sets aside the most that any of the allowed models may cost.
     *
     * @param mostForThis what the answer may cost by its route
     */
    Verdict hold(String tenant, Instant now, List<Wish> wishes, Optional<BigDecimal> mostForThis) {
        SpentBefore spent = budgets.isEmpty() ? SpentBefore.NOTHING : before.get();
        synchronized (this) {
            List<BudgetPeriod> running = running(tenant, now, spent);
            List<Budget> perRequest = budgets.stream()
                    .filter(budget -> budget.per() == Period.REQUEST && concerns(budget, tenant))
                    .toList();
            List<ModelInfo> allowed = new ArrayList<>();
            BigDecimal most = BigDecimal.ZERO;
            Optional<Breach> first = Optional.empty();
            for (Wish wish : wishes) {
                Optional<Breach> breach = breach(wish, running, perRequest, mostForThis, now);
                if (breach.isEmpty()) {
                    allowed.add(wish.model());
                    most = most.max(wish.most().orElse(BigDecimal.ZERO));
                } else if (wish == wishes.getFirst()) {
                    first = breach;
                }
            }
            if (first.filter(breach -> breach.action() == Action.REFUSE).isPresent()) {
                return new Verdict(List.of(), first, new Held(List.of(), BigDecimal.ZERO));
            }
            return new Verdict(allowed, first, new Held(running, most));
        }
    }

    /** Books a cost, or with less than zero takes part of one back. */
    synchronized void spend(Held held, BigDecimal cost) {
        held.spend(cost);
    }

    /** Whether anything is set aside. */
    synchronized boolean holds(Held held) {
        return held.holds();
    }

    /** Frees what is left of what was set aside. */
    synchronized void release(Held held) {
        held.release();
    }

    /** How the budgets for days and months are doing, and which there are for single requests. */
    public List<BudgetState> states(Instant now) {
        SpentBefore spent = budgets.isEmpty() ? SpentBefore.NOTHING : before.get();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        synchronized (this) {
            spent.tenants().forEach(tenant -> running(tenant, now, spent));
            running("", now, spent);
            budgets.forEach(budget -> {
                if (budget.whose() instanceof Whose.Tenant(String name)) {
                    running(name, now, spent);
                }
            });
            List<BudgetState> states = new ArrayList<>();
            for (int i = 0; i < budgets.size(); i++) {
                Budget budget = budgets.get(i);
                int at = i;
                if (budget.per() == Period.REQUEST) {
                    states.add(BudgetState.ofRequests(budget));
                }
                periods.entrySet().stream()
                        .filter(entry -> entry.getKey().budget() == at
                                && entry.getKey().from().equals(BudgetPeriod.begin(budget, today)))
                        .map(entry ->
                                BudgetState.of(entry.getValue(), entry.getKey().tenant()))
                        .sorted(Comparator.comparing(state -> state.tenant().orElse("")))
                        .forEach(states::add);
            }
            return states;
        }
    }

    private Optional<Breach> breach(
            Wish wish,
            List<BudgetPeriod> running,
            List<Budget> perRequest,
            Optional<BigDecimal> mostForThis,
            Instant now) {
        if (wish.free()) {
            return Optional.empty();
        }
        if (wish.most().isEmpty()) {
            return unknown(wish, running, perRequest, mostForThis);
        }
        BigDecimal most = wish.most().get();
        List<Breach> breaches = new ArrayList<>();
        if (mostForThis.filter(limit -> most.compareTo(limit) > 0).isPresent()) {
            breaches.add(tooDear(Action.LOCAL));
        }
        perRequest.stream()
                .filter(budget -> most.compareTo(budget.usd()) > 0)
                .forEach(budget -> breaches.add(tooDear(budget.action())));
        running.stream()
                .filter(period -> !period.allows(most))
                .forEach(period -> breaches.add(usedUp(period, most, now)));
        return worst(breaches);
    }

    private static Optional<Breach> unknown(
            Wish wish, List<BudgetPeriod> running, List<Budget> perRequest, Optional<BigDecimal> mostForThis) {
        String sentence = "there is a budget, and nobody knows what an answer of "
                + wish.model().name() + " costs";
        List<Breach> breaches = new ArrayList<>();
        mostForThis.ifPresent(limit -> breaches.add(new Breach(Action.LOCAL, sentence, Optional.empty())));
        perRequest.forEach(budget -> breaches.add(new Breach(budget.action(), sentence, Optional.empty())));
        running.forEach(period -> breaches.add(new Breach(period.budget().action(), sentence, Optional.empty())));
        return worst(breaches);
    }

    private static Breach tooDear(Action action) {
        return new Breach(
                action,
                "the answer might cost more than the budget for one request: ask for fewer tokens, or a cheaper model",
                Optional.empty());
    }

    private static Breach usedUp(BudgetPeriod period, BigDecimal most, Instant now) {
        String which = period.budget().per() == Period.MONTH ? "this month" : "this day";
        if (period.wouldAllow(most)) {
            return new Breach(
                    period.budget().action(),
                    "what is left of the budget for " + which + " is set aside for answers in the making",
                    Optional.of(SOON));
        }
        period.tellTooLittleIsLeft(most);
        Instant end = period.until().atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Breach(
                period.budget().action(),
                "what is left of the budget for " + which + " does not cover the answer",
                Optional.of(Duration.between(now, end)));
    }

    /** Refusal goes before staying local, and the longest wait before others. */
    private static Optional<Breach> worst(List<Breach> breaches) {
        return breaches.stream().max(Comparator.comparing(Breach::action).thenComparing(breach -> breach.retryAfter()
                .orElse(Duration.ZERO)));
    }

    /** The days and months that a tenant's spending counts in now. */
    private List<BudgetPeriod> running(String tenant, Instant now, SpentBefore spent) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<BudgetPeriod> running = new ArrayList<>();
        for (int i = 0; i < budgets.size(); i++) {
            Budget budget = budgets.get(i);
            if (budget.per() != Period.REQUEST && concerns(budget, tenant)) {
                String whose = budget.whose() instanceof Whose.Everybody ? "" : tenant;
                Slot slot = new Slot(i, whose, BudgetPeriod.begin(budget, today));
                BudgetPeriod period = periods.get(slot);
                if (period == null) {
                    period = begin(budget, whose, slot.from(), spent);
                    // the last one is kept: a request that began in it may not have come so far
                    periods.keySet()
                            .removeIf(old -> old.budget() == slot.budget()
                                    && old.tenant().equals(whose)
                                    && old.from()
                                            .isBefore(BudgetPeriod.begin(
                                                    budget, slot.from().minusDays(1))));
                    periods.put(slot, period);
                }
                running.add(period);
            }
        }
        return running;
    }

    private static BudgetPeriod begin(Budget budget, String tenant, LocalDate from, SpentBefore spent) {
        return switch (budget.whose()) {
            case Whose.Everybody _ -> new BudgetPeriod(budget, "for all", from, spent.since(from));
            case Whose.EachTenant _
            when tenant.isEmpty() ->
                new BudgetPeriod(budget, "for callers without a key", from, spent.since(from, tenant));
            case Whose.EachTenant _, Whose.Tenant _ ->
                new BudgetPeriod(budget, "for tenant " + tenant, from, spent.since(from, tenant));
        };
    }

    private static boolean concerns(Budget budget, String tenant) {
        return !(budget.whose() instanceof Whose.Tenant(String name)) || name.equals(tenant);
    }
}
