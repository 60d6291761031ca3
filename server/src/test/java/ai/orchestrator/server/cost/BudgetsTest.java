package ai.orchestrator.server.cost;

import static ai.orchestrator.server.cost.Money.CHEAP;
import static ai.orchestrator.server.cost.Money.FREE;
import static ai.orchestrator.server.cost.Money.PRICED;
import static ai.orchestrator.server.cost.Money.VARYING;
import static ai.orchestrator.server.cost.Money.ask;
import static ai.orchestrator.server.cost.Money.budget;
import static ai.orchestrator.server.cost.Money.config;
import static ai.orchestrator.server.cost.Money.plan;
import static ai.orchestrator.server.cost.Money.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.config.MoneyConfig;
import ai.orchestrator.server.config.MoneyConfig.Action;
import ai.orchestrator.server.config.MoneyConfig.Budget;
import ai.orchestrator.server.config.MoneyConfig.Period;
import ai.orchestrator.server.config.MoneyConfig.Whose;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.CostLedger.Arrived;
import ai.orchestrator.server.orchestration.CostLedger.Reservation;
import ai.orchestrator.server.orchestration.RoutePlan;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer of {@link Money#PRICED} to {@link Money#ask} is taken to cost 0.12 at most: 20 tokens read, 10 written. */
class BudgetsTest {
    private static final Arrived SOME = new Arrived(3, 12);

    @TempDir
    Path folder;

    private final Money.SetClock clock = new Money.SetClock();
    private Optional<SqliteCostLedger> open = Optional.empty();

    @AfterEach
    void close() {
        open.ifPresent(SqliteCostLedger::close);
    }

    @Test
    void moneyInUseIsNotGivenTwice() {
        SqliteCostLedger ledger = with(budget(Period.DAY, "0.3", Action.REFUSE));
        Reservation first = reserve(ledger, "priced", PRICED);
        Reservation second = reserve(ledger, "priced", PRICED);
        refused(() -> reserve(ledger, "priced", PRICED), Optional.of(Duration.ofSeconds(5)));

        first.close();
        Reservation third = reserve(ledger, "priced", PRICED);
        second.settle(PRICED, usage(10, 1, Optional.empty()), SOME);
        third.settle(PRICED, usage(100, 10, Optional.empty()), SOME);

        assertThat(ledger.budgets()).singleElement().satisfies(state -> {
            assertThat(state.spent()).isEqualByComparingTo("0.22");
            assertThat(state.reserved()).isZero();
        });
        refused(() -> reserve(ledger, "priced", PRICED), Optional.of(Duration.ofHours(12)));
    }

    @Test
    void aNewDayBeginsAnewAndAMonthGoesOn() {
        SqliteCostLedger ledger =
                with(budget(Period.DAY, "0.12", Action.REFUSE), budget(Period.MONTH, "0.24", Action.REFUSE));
        spend(ledger, "0.12");
        refused(() -> reserve(ledger, "priced", PRICED), Optional.of(Duration.ofHours(12)));

        clock.now = Instant.parse("2026-11-30T00:00:00Z");
        spend(ledger, "0.12");
        refused(() -> reserve(ledger, "priced", PRICED), Optional.of(Duration.ofDays(1)));

        clock.now = Instant.parse("2026-12-01T00:00:00Z");
        spend(ledger, "0.12");
    }

    @Test
    void whatIsBegunInOneDayIsPaidOutOfThatDay() {
        SqliteCostLedger ledger = with(budget(Period.DAY, "0.12", Action.REFUSE));
        Reservation late = reserve(ledger, "priced", PRICED);
        clock.now = Instant.parse("2026-11-30T00:00:01Z");
        Reservation early = reserve(ledger, "priced", PRICED);
        late.settle(PRICED, usage(0, 0, Optional.of(new BigDecimal("0.12"))), SOME);
        early.settle(PRICED, usage(0, 0, Optional.of(new BigDecimal("0.01"))), SOME);

        assertThat(ledger.budgets()).singleElement().satisfies(state -> assertThat(state.spent())
                .isEqualByComparingTo("0.01"));
    }

    @Test
    void aRestartForgetsNothing() {
        SqliteCostLedger before = with(budget(Period.DAY, "0.3", Action.REFUSE));
        spend(before, "0.12");
        spend(before, "0.12");
        before.close();

        SqliteCostLedger after = with(budget(Period.DAY, "0.3", Action.REFUSE));
        refused(() -> reserve(after, "priced", PRICED), Optional.of(Duration.ofHours(12)));
        assertThat(after.budgets()).singleElement().satisfies(state -> assertThat(state.spent())
                .isEqualByComparingTo("0.24"));
    }

    @Test
    void stayingLocalPassesOverWhatIsTooDear() {
        SqliteCostLedger ledger = with(budget(Period.DAY, "0.1", Action.LOCAL));

        Reservation cheaper = reserve(ledger, "auto", PRICED, CHEAP, FREE);
        assertThat(cheaper.models()).containsExactly(CHEAP, FREE);
        assertThat(cheaper.restricted()).isTrue();
        Reservation free = reserve(ledger, "auto", PRICED, FREE);
        assertThat(free.models()).containsExactly(FREE);

        Reservation all = reserve(ledger, "auto", CHEAP, PRICED);
        assertThat(all.models()).containsExactly(CHEAP);
        assertThat(all.restricted()).isFalse();
    }

    @Test
    void stayingLocalFallsBackToTheModelForEasyQuestionsUnlessTheClientNamedItsModel() {
        SqliteCostLedger ledger = with(budget(Period.DAY, "0.1", Action.LOCAL));

        assertThat(reserve(ledger, "auto", PRICED).models()).containsExactly(FREE);
        assertThat(reserve(ledger, "gpt-4", PRICED).models()).containsExactly(FREE);
        refused(() -> reserve(ledger, "priced", PRICED), Optional.of(Duration.ofHours(12)));
        assertThat(reserve(ledger, "priced", PRICED, FREE).models()).containsExactly(FREE);
    }

    @Test
    void modelsWithoutAPriceAreNeverTouched() {
        SqliteCostLedger ledger = with(
                budget(Period.REQUEST, "0", Action.REFUSE),
                budget(Period.DAY, "0", Action.REFUSE),
                budget(Period.MONTH, "0", Action.LOCAL));

        Reservation free = reserve(ledger, "free", FREE);
        assertThat(free.models()).containsExactly(FREE);
        assertThat(free.settle(FREE, usage(10, 10, Optional.empty()), SOME).orElseThrow())
                .isZero();
        refused(() -> reserve(ledger, "priced", PRICED, FREE), Optional.empty(), Optional.of(Duration.ofHours(12)));
    }

    @Test
    void aSingleRequestMayBeTooDearByItsLengthByABudgetOrByItsRoute() {
        SqliteCostLedger ledger = with(budget(Period.REQUEST, "0.125", Action.REFUSE));
        assertThat(reserve(ledger, "priced", PRICED).restricted()).isFalse();
        ChatRequest open = ChatRequest.of("r1", "priced", ask("priced", "").prompt());
        refused(() -> ledger.reserve(open, plan(PRICED), List.of(PRICED), open.prompt()), Optional.empty());

        RoutePlan plan = new RoutePlan(
                "high",
                List.of("priced:latest"),
                List.of(),
                false,
                false,
                Optional.empty(),
                Optional.of(new BigDecimal("0.1")));
        ChatRequest auto = ask("auto", "");
        Reservation local = ledger.reserve(auto, plan, List.of(PRICED), auto.prompt());
        assertThat(local.models()).containsExactly(FREE);
        assertThat(local.restricted()).isTrue();
    }

    @Test
    void tenantsHaveBudgetsOfTheirOwn() {
        BigDecimal limit = new BigDecimal("0.12");
        SqliteCostLedger ledger = with(
                new Budget(Period.DAY, new Whose.EachTenant(), limit, Action.REFUSE),
                new Budget(Period.DAY, new Whose.Tenant("b"), BigDecimal.ZERO, Action.REFUSE));
        settle(reserveAs(ledger, "a"), "0.12");
        refused(() -> reserveAs(ledger, "a"), Optional.of(Duration.ofHours(12)));
        refused(() -> reserveAs(ledger, "b"), Optional.of(Duration.ofHours(12)));
        settle(reserveAs(ledger, "c"), "0.01");

        assertThat(ledger.budgets().stream().map(BudgetState::shown).map(Map::toString))
                .containsExactly(
                        "{per=day, tenant=, from=2026-11-29, limit_usd=0.12, spent_usd=0, reserved_usd=0, action=refuse}",
                        "{per=day, tenant=a, from=2026-11-29, limit_usd=0.12, spent_usd=0.12, reserved_usd=0, action=refuse}",
                        "{per=day, tenant=b, from=2026-11-29, limit_usd=0.12, spent_usd=0, reserved_usd=0, action=refuse}",
                        "{per=day, tenant=c, from=2026-11-29, limit_usd=0.12, spent_usd=0.01, reserved_usd=0, action=refuse}",
                        "{per=day, tenant=b, from=2026-11-29, limit_usd=0, spent_usd=0, reserved_usd=0, action=refuse}");
    }

    @Test
    void anUnknownPriceIsAssumedUntilTheCostIsTold() {
        SqliteCostLedger ledger = with(budget(Period.DAY, "0.3", Action.REFUSE));
        Reservation told = reserve(ledger, "varying", VARYING);
        assertThat(told.settle(VARYING, usage(10, 1, Optional.of(new BigDecimal("0.001"))), SOME))
                .contains(new BigDecimal("0.001"));

        Reservation untold = reserve(ledger, "varying", VARYING);
        assertThat(untold.settle(VARYING, usage(10, 2, Optional.empty()), SOME)).isEmpty();

        assertThat(ledger.totals().spent()).isEqualByComparingTo("0.001");
        assertThat(ledger.totals().unknown()).isEqualTo(1);
        assertThat(ledger.budgets()).singleElement().satisfies(state -> assertThat(state.spent())
                .isEqualByComparingTo("0.031"));
    }

    @Test
    void anUnknownPriceCanCountAsOverEveryBudget() {
        MoneyConfig refusing =
                new MoneyConfig(List.of(budget(Period.MONTH, "1000", Action.LOCAL)), 4096, Optional.empty());
        SqliteCostLedger ledger = with(refusing);

        assertThat(reserve(ledger, "auto", VARYING).models()).containsExactly(FREE);
        assertThatThrownBy(() -> reserve(ledger, "varying", VARYING))
                .isInstanceOf(AnswerFailure.class)
                .hasMessage("there is a budget, and nobody knows what an answer of varying:latest costs");
    }

    @Test
    void aRealCostThatComesLateMovesTheBudget() {
        SqliteCostLedger ledger = with(budget(Period.DAY, "0.3", Action.REFUSE));
        Reservation cut = reserve(ledger, "priced", PRICED);
        var tell = cut.lateBill(PRICED);
        cut.settleBroken(PRICED, SOME);
        cut.close();
        assertThat(ledger.budgets().getFirst().spent()).isEqualByComparingTo("0.032");
        assertThat(ledger.budgets().getFirst().reserved())
                .as("the bill may be higher")
                .isPositive();

        tell.accept(usage(10, 20, Optional.of(new BigDecimal("0.25"))));
        assertThat(ledger.budgets().getFirst().spent()).isEqualByComparingTo("0.25");
        assertThat(ledger.budgets().getFirst().reserved()).isZero();
        refused(() -> reserve(ledger, "priced", PRICED), Optional.of(Duration.ofHours(12)));
    }

    @Test
    void nothingIsSpentMeanwhileThatABillStillToComeMayTake() {
        SqliteCostLedger ledger = with(budget(Period.DAY, "0.2", Action.REFUSE));
        Reservation cut = reserve(ledger, "priced", PRICED);
        var tell = cut.lateBill(PRICED);
        cut.settleBroken(PRICED, SOME);
        cut.close();
        cut.close();
        refused(() -> reserve(ledger, "priced", PRICED), Optional.of(Duration.ofSeconds(5)));

        tell.accept(usage(1, 2, Optional.of(new BigDecimal("0.04"))));
        reserve(ledger, "priced", PRICED).close();
    }

    @Test
    void aBillThatWasToldWithTheAnswerFreesTheRest() {
        SqliteCostLedger ledger = with(budget(Period.DAY, "0.3", Action.REFUSE));
        Reservation whole = reserve(ledger, "priced", PRICED);
        whole.lateBill(PRICED).accept(usage(1, 2, Optional.of(new BigDecimal("0.02"))));
        whole.settle(PRICED, usage(1, 2, Optional.empty()), SOME);

        assertThat(ledger.budgets().getFirst().reserved()).isZero();
        assertThat(ledger.budgets().getFirst().spent()).isEqualByComparingTo("0.02");
    }

    @Test
    void aTenantIsToldOfItsOwnBudgetsAndEverybodysAndOfThoseThatNobodyHasUsed() {
        SqliteCostLedger ledger = with(
                new Budget(Period.DAY, new Whose.Tenant("red"), BigDecimal.ONE, Action.LOCAL),
                new Budget(Period.MONTH, new Whose.Tenant("blue"), BigDecimal.TEN, Action.LOCAL),
                budget(Period.DAY, "5", Action.LOCAL));

        assertThat(ledger.budgets(Optional.empty()).stream().map(BudgetState::tenant))
                .containsExactly(Optional.of("red"), Optional.of("blue"), Optional.empty());
        assertThat(ledger.budgets(Optional.of("blue")).stream().map(BudgetState::tenant))
                .containsExactly(Optional.of("blue"), Optional.empty());
    }

    private SqliteCostLedger with(Budget... budgets) {
        return with(config(budgets));
    }

    private SqliteCostLedger with(MoneyConfig money) {
        SqliteCostLedger ledger = Money.ledger(folder.resolve("ledger.sqlite"), money, clock);
        open = Optional.of(ledger);
        return ledger;
    }

    private static Reservation reserve(SqliteCostLedger ledger, String asked, ModelInfo... models) {
        ChatRequest request = ask(asked, "");
        return ledger.reserve(request, plan(models), List.of(models), request.prompt());
    }

    private static Reservation reserveAs(SqliteCostLedger ledger, String tenant) {
        ChatRequest request = ask("priced", tenant);
        return ledger.reserve(request, plan(PRICED), List.of(PRICED), request.prompt());
    }

    private static void spend(SqliteCostLedger ledger, String usd) {
        settle(reserve(ledger, "priced", PRICED), usd);
    }

    private static void settle(Reservation reservation, String usd) {
        reservation.settle(PRICED, usage(10, 1, Optional.of(new BigDecimal(usd))), SOME);
    }

    @SafeVarargs
    private static void refused(ThrowingCallable call, Optional<Duration>... oneOf) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AnswerFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(AnswerFailure.Kind.OVER_BUDGET);
            assertThat(failure.retryAfter()).isIn((Object[]) oneOf);
        });
    }
}
