package ai.orchestrator.server.cost;

import static ai.orchestrator.server.cost.LedgerTables.CALLS;
import static ai.orchestrator.server.cost.LedgerTables.rows;
import static ai.orchestrator.server.cost.Money.ask;
import static ai.orchestrator.server.cost.Money.model;
import static ai.orchestrator.server.cost.Money.plan;
import static ai.orchestrator.server.cost.Money.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.config.MoneyConfig;
import ai.orchestrator.server.config.MoneyConfig.Action;
import ai.orchestrator.server.config.MoneyConfig.Period;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.orchestration.CostLedger.Arrived;
import ai.orchestrator.server.orchestration.CostLedger.Reservation;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCostLedgerTest {
    private static final Arrived SOME = new Arrived(10, 40);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("ledger.sqlite");
    }

    @Test
    void booksWhatWasChargedElseThePriceElseNothing() throws Exception {
        try (SqliteCostLedger ledger = ledger()) {
            assertThat(book(ledger, Optional.of(Money.PRICE), Optional.of(new BigDecimal("0.01"))))
                    .contains(new BigDecimal("0.01"));
            assertThat(book(ledger, Optional.of(Money.PRICE), Optional.empty())).contains(new BigDecimal("0.000160"));
            assertThat(book(ledger, Optional.of(Price.unknown()), Optional.empty()))
                    .isEmpty();
            assertThat(book(ledger, Optional.empty(), Optional.empty()).orElseThrow())
                    .isZero();
            assertThat(ledger.totals().spent()).isEqualByComparingTo("0.010160");
            assertThat(ledger.totals().unknown()).isEqualTo(1);
        }

        assertThat(rows(file, CALLS))
                .containsExactly(
                        "high m:latest 100 20 0.01 0",
                        "high m:latest 100 20 0.000160 0",
                        "high m:latest 100 20 null 0",
                        "high m:latest 100 20 0 0");
    }

    @Test
    void aBrokenAnswerIsEstimatedAndAnAnswerThatNeverBeganIsFree() throws Exception {
        try (SqliteCostLedger ledger = ledger()) {
            broken(reserve(ledger, Optional.of(Money.PRICE)), Arrived.NOTHING);
            broken(reserve(ledger, Optional.of(Money.PRICE)), SOME);
            broken(reserve(ledger, Optional.of(Money.PRICE)), new Arrived(2, 400));
        }

        assertThat(rows(file, CALLS))
                .containsExactly("high m:latest 2 10 0.000032 1", "high m:latest 2 100 0.000302 1");
    }

    @Test
    void theRealCostOfABrokenCallTakesTheEstimatesPlaceWheneverItComes() throws Exception {
        try (SqliteCostLedger ledger = ledger()) {
            Reservation before = reserve(ledger, Optional.of(Money.PRICE));
            Consumer<Usage> tellBefore = before.lateBill(before.models().getFirst());
            tellBefore.accept(usage(7, 8, Optional.of(new BigDecimal("0.5"))));
            broken(before, SOME);

            Reservation after = reserve(ledger, Optional.of(Money.PRICE));
            Consumer<Usage> tellAfter = after.lateBill(after.models().getFirst());
            broken(after, SOME);
            tellAfter.accept(usage(5, 6, Optional.of(new BigDecimal("0.25"))));
            tellAfter.accept(usage(5, 6, Optional.of(new BigDecimal("0.75"))));

            Reservation nothingCame = reserve(ledger, Optional.of(Money.PRICE));
            Consumer<Usage> tell = nothingCame.lateBill(nothingCame.models().getFirst());
            broken(nothingCame, Arrived.NOTHING);
            tell.accept(usage(3, 0, Optional.of(new BigDecimal("0.125"))));

            Reservation silent = reserve(ledger, Optional.of(Money.PRICE));
            Consumer<Usage> tellNothing = silent.lateBill(silent.models().getFirst());
            broken(silent, SOME);
            tellNothing.accept(usage(0, 0, Optional.empty()));
            assertThat(ledger.totals().spent()).isEqualByComparingTo("0.875032");
        }

        assertThat(rows(file, CALLS))
                .containsExactly(
                        "high m:latest 7 8 0.5 0",
                        "high m:latest 5 6 0.25 0",
                        "high m:latest 3 0 0.125 0",
                        "high m:latest 2 10 0.000032 1");
        assertThat(rows(file, "SELECT calls, prompt_tokens, completion_tokens, spent_usd, estimated FROM days"))
                .containsExactly("4 17 24 0.875032 1");
    }

    @Test
    void whatAnEarlierAttemptCostIsBookedBesideTheAnswers() throws Exception {
        try (SqliteCostLedger ledger = ledger()) {
            Reservation twice = reserve(ledger, Optional.of(Money.PRICE));
            Consumer<Usage> tell = twice.lateBill(twice.models().getFirst());
            settle(twice, usage(100, 20, Optional.of(new BigDecimal("0.01"))));
            tell.accept(usage(100, 0, Optional.of(new BigDecimal("0.002"))));
        }

        assertThat(rows(file, CALLS)).containsExactly("high m:latest 100 20 0.01 0", "high m:latest 100 0 0.002 0");
    }

    @Test
    void aBillOfAnEarlierCallIsNotTakenForThatOfTheCallOfNow() throws Exception {
        try (SqliteCostLedger ledger = ledger()) {
            Reservation twice = reserve(ledger, Optional.of(Money.PRICE));
            Consumer<Usage> first = twice.lateBill(twice.models().getFirst());
            twice.settleBroken(twice.models().getFirst(), Arrived.NOTHING);
            Consumer<Usage> second = twice.lateBill(twice.models().getFirst());
            first.accept(usage(3, 0, Optional.of(new BigDecimal("0.125"))));
            broken(twice, SOME);
            second.accept(usage(5, 6, Optional.of(new BigDecimal("0.25"))));
            assertThat(ledger.totals().spent()).isEqualByComparingTo("0.375");
        }

        assertThat(rows(file, CALLS)).containsExactly("high m:latest 3 0 0.125 0", "high m:latest 5 6 0.25 0");
    }

    @Test
    void aProviderThatLiesCostsNoMoreThanItsOwnRequest() throws Exception {
        try (SqliteCostLedger ledger = ledger()) {
            settle(reserve(ledger, Optional.of(Money.PRICE)), usage(-1, 20, Optional.empty()));
            settle(reserve(ledger, Optional.of(Money.PRICE)), usage(Integer.MAX_VALUE, 20, Optional.empty()));
            settle(reserve(ledger, Optional.of(Money.PRICE)), usage(0, 0, Optional.empty()));
            settle(reserve(ledger, Optional.of(Money.PRICE)), usage(40_000_000, 40_000_000, Optional.empty()));
            settle(reserve(ledger, Optional.of(Money.PRICE)), usage(100, 20, Optional.of(new BigDecimal("-1"))));
            settle(reserve(ledger, Optional.of(Money.PRICE)), usage(100, 20, Optional.of(new BigDecimal("1e9"))));
            settle(reserve(ledger, Optional.of(Money.PRICE)), usage(100, 20, Optional.of(new BigDecimal("1e-999999"))));
        }

        String estimate = "high m:latest 2 10 0.000032 1";
        String byTokens = "high m:latest 100 20 0.000160 1";
        assertThat(rows(file, CALLS))
                .containsExactly(estimate, estimate, estimate, estimate, byTokens, byTokens, byTokens);
    }

    @Test
    void aFileThatCannotBeWrittenCostsNoRequest() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("file"), "").resolve("ledger.sqlite");
        try (SqliteCostLedger ledger = Money.ledger(noFolder, Money.NO_BUDGETS, Clock.systemUTC())) {
            assertThat(book(ledger, Optional.of(Money.PRICE), Optional.empty())).isPresent();
        }
    }

    @Test
    void whatIsSpentBesideAnswersIsBookedAndCountsInBudgets() throws Exception {
        MoneyConfig money = Money.config(Money.budget(Period.DAY, "0.02", Action.REFUSE));
        try (SqliteCostLedger ledger = Money.ledger(file, money, Clock.systemUTC())) {
            reserve(ledger, Optional.of(Money.PRICE)).close();
            ledger.spent("search", "ranker", new BigDecimal("0.0225"));

            assertThat(ledger.totals().spent()).isEqualByComparingTo("0.0225");
            assertThat(ledger.budgets().getFirst().spent()).isEqualByComparingTo("0.0225");
            assertThatThrownBy(() -> reserve(ledger, Optional.of(Money.PRICE))).isInstanceOf(AnswerFailure.class);
            ledger.spent("search", "ranker", new BigDecimal("0.01"));
        }
        assertThat(rows(file, CALLS)).containsExactly("search ranker 0 0 0.0225 0", "search ranker 0 0 0.01 0");
    }

    @Test
    void tellsWhatTheHighRouteWouldHaveCost() {
        try (SqliteCostLedger ledger = ledger()) {
            assertThat(ledger.wouldHaveCost(1_000_000, 0)).contains(new BigDecimal("1.000000"));
        }
    }

    private SqliteCostLedger ledger() {
        return Money.ledger(file, Money.NO_BUDGETS, Clock.systemUTC());
    }

    private static Reservation reserve(SqliteCostLedger ledger, Optional<Price> price) {
        ModelInfo model = model("m:latest", price);
        var request = ask("m", "");
        return ledger.reserve(request, plan(model), List.of(model), request.prompt());
    }

    private static void broken(Reservation reservation, Arrived arrived) {
        reservation.settleBroken(reservation.models().getFirst(), arrived);
        reservation.close();
    }

    private static Optional<BigDecimal> settle(Reservation reservation, Usage usage) {
        return reservation.settle(reservation.models().getFirst(), usage, SOME);
    }

    private static Optional<BigDecimal> book(
            SqliteCostLedger ledger, Optional<Price> price, Optional<BigDecimal> charged) {
        return settle(reserve(ledger, price), usage(100, 20, charged));
    }
}
