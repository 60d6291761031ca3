package ai.orchestrator.server.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.RoutePlan;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteCostLedgerTest {
    private static final Price PRICE = Price.perToken(new BigDecimal("0.000001"), new BigDecimal("0.000003"));

    @TempDir
    Path folder;

    @Test
    void booksWhatWasChargedElseThePriceElseNothing() throws Exception {
        try (SqliteCostLedger ledger = ledger(folder.resolve("ledger.sqlite"))) {
            assertThat(book(ledger, Optional.of(PRICE), Optional.of(new BigDecimal("0.01"))))
                    .contains(new BigDecimal("0.01"));
            assertThat(book(ledger, Optional.of(PRICE), Optional.empty())).contains(new BigDecimal("0.000160"));
            assertThat(book(ledger, Optional.of(Price.unknown()), Optional.empty()))
                    .isEmpty();
            assertThat(book(ledger, Optional.empty(), Optional.empty())).contains(BigDecimal.ZERO);
            assertThat(ledger.totals().spent()).isEqualByComparingTo("0.010160");
            assertThat(ledger.totals().unknown()).isEqualTo(1);
        }

        assertThat(rows(folder.resolve("ledger.sqlite")))
                .containsExactly(
                        "high m:latest 100 20 0.01 0",
                        "high m:latest 100 20 0.000160 0",
                        "high m:latest 100 20 null 0",
                        "high m:latest 100 20 0 0");
    }

    @Test
    void aBrokenAnswerIsEstimatedAndAnAnswerThatNeverBeganIsFree() throws Exception {
        try (SqliteCostLedger ledger = ledger(folder.resolve("ledger.sqlite"))) {
            reserve(ledger, Optional.of(PRICE)).settleBroken(0);
            reserve(ledger, Optional.of(PRICE)).settleBroken(10);
        }

        assertThat(rows(folder.resolve("ledger.sqlite"))).containsExactly("high m:latest 2 10 0.000032 1");
    }

    @Test
    void aFileThatCannotBeWrittenCostsNoRequest() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("file"), "").resolve("ledger.sqlite");
        try (SqliteCostLedger ledger = ledger(noFolder)) {
            assertThat(book(ledger, Optional.of(PRICE), Optional.empty())).isPresent();
        }
    }

    @Test
    void tellsWhatTheHighRouteWouldHaveCost() {
        try (SqliteCostLedger ledger = ledger(folder.resolve("ledger.sqlite"))) {
            assertThat(ledger.wouldHaveCost(1_000_000, 0)).contains(new BigDecimal("1.000000"));
        }
    }

    private static SqliteCostLedger ledger(Path path) {
        return new SqliteCostLedger(new LedgerFile(path), () -> PRICE, Clock.systemUTC());
    }

    private static SqliteCostLedger.Reservation reserve(SqliteCostLedger ledger, Optional<Price> price) {
        ModelInfo model = new ModelInfo(
                "m:latest",
                "0".repeat(64),
                0,
                Instant.EPOCH,
                "",
                List.of(),
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                Set.of(),
                Optional.empty(),
                price);
        return ledger.reserve(
                ChatRequest.of("r1", "m", Prompt.user("12345678")),
                new RoutePlan("high", List.of("m:latest"), false, Optional.empty()),
                model);
    }

    private static Optional<BigDecimal> book(
            SqliteCostLedger ledger, Optional<Price> price, Optional<BigDecimal> charged) {
        return reserve(ledger, price)
                .settle(new Usage(100, 0, 20, Duration.ZERO, Duration.ZERO, Duration.ZERO, charged, ""));
    }

    private static List<String> rows(Path path) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + path);
        List<String> rows = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT route, model, prompt_tokens, completion_tokens, cost_usd, estimated FROM ledger ORDER BY id")) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= 6; column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }
}
