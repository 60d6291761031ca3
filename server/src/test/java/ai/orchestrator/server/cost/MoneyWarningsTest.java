package ai.orchestrator.server.cost;

import static ai.orchestrator.server.cost.Money.PRICED;
import static ai.orchestrator.server.cost.Money.VARYING;
import static ai.orchestrator.server.cost.Money.ask;
import static ai.orchestrator.server.cost.Money.budget;
import static ai.orchestrator.server.cost.Money.plan;
import static ai.orchestrator.server.cost.Money.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.config.MoneyConfig.Action;
import ai.orchestrator.server.config.MoneyConfig.Budget;
import ai.orchestrator.server.config.MoneyConfig.Period;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.CostLedger.Arrived;
import ai.orchestrator.server.orchestration.CostLedger.Reservation;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log tells of money, and that it tells it once. */
class MoneyWarningsTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("ai.orchestrator.server.cost");

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        LOG.addAppender(log);
    }

    @AfterEach
    void leave() {
        LOG.detachAppender(log);
    }

    @Test
    void aBudgetTellsOnceWhenItIsNearlyReachedWhenItIsTooSmallAndWhenItIsReached() {
        try (SqliteCostLedger ledger = ledger(budget(Period.DAY, "1", Action.REFUSE))) {
            spend(ledger, PRICED, "0.5");
            spend(ledger, PRICED, "0.31");
            spend(ledger, PRICED, "0.08");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> reserve(ledger, PRICED)).isInstanceOf(AnswerFailure.class);
            }
            Reservation free = reserve(ledger, Money.FREE);
            free.settle(Money.FREE, usage(1, 1, Optional.of(new BigDecimal("0.2"))), Arrived.NOTHING);
            spend(ledger, Money.FREE, "0.2");
        }

        assertThat(warnings())
                .containsExactly(
                        "The budget of 1 US dollars a day for all is nearly reached: 0.81 spent",
                        "The budget of 1 US dollars a day for all does not cover an answer that may cost 0.120: 0.89 spent;"
                                + " what needs a model that might cost more is refused",
                        "The budget of 1 US dollars a day for all is reached: 1.09 spent; until 2026-11-30 UTC,"
                                + " what needs a model that might cost more is refused");
    }

    @Test
    void aModelOfUnknownPriceIsWarnedOfOnceAndALieOnce() {
        try (SqliteCostLedger ledger = ledger()) {
            for (int i = 0; i < 3; i++) {
                reserve(ledger, VARYING).settle(VARYING, usage(1, 1, Optional.empty()), Arrived.NOTHING);
                spend(ledger, PRICED, "1000000");
            }
        }

        assertThat(warnings())
                .satisfiesExactly(
                        unknown -> assertThat(unknown).startsWith("varying:latest: nobody knows what its answers cost"),
                        lie -> assertThat(lie)
                                .isEqualTo("priced:latest: its provider told that an answer cost 1000000 US dollars,"
                                        + " which cannot be: such calls are booked by their tokens or as an estimate"));
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private SqliteCostLedger ledger(Budget... budgets) {
        return Money.ledger(folder.resolve("ledger.sqlite"), Money.config(budgets), new Money.SetClock());
    }

    private static void spend(SqliteCostLedger ledger, ModelInfo model, String usd) {
        reserve(ledger, model).settle(model, usage(10, 1, Optional.of(new BigDecimal(usd))), new Arrived(1, 4));
    }

    private static Reservation reserve(SqliteCostLedger ledger, ModelInfo model) {
        ChatRequest request = ask(model.name(), "");
        return ledger.reserve(request, plan(model), List.of(model), request.prompt());
    }
}
