package ai.orchestrator.server.cost;

import static ai.orchestrator.server.cost.LedgerTables.CALLS;
import static ai.orchestrator.server.cost.LedgerTables.execute;
import static ai.orchestrator.server.cost.LedgerTables.rows;
import static ai.orchestrator.server.cost.Money.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.CostFigures;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFileTest {
    private static final String SUMS =
            "SELECT day, tenant, calls, hits, shared, spent_usd, saved_usd, unknown FROM days";
    private static final LedgerRow ROW = row("r1", Optional.of(new BigDecimal("0.000000001")));
    private static final String SHOWN = "high m:latest 3 4 0.000000001 0";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("ledger.sqlite");
    }

    @Test
    void aFileOfTheFirstReleaseKeepsItsRowsAndIsSummedUp() throws Exception {
        execute(
                file,
                """
                CREATE TABLE ledger (id INTEGER PRIMARY KEY, at_millis INTEGER NOT NULL, request_id TEXT NOT NULL,
                  tenant TEXT NOT NULL, route TEXT NOT NULL, model TEXT NOT NULL, prompt_tokens INTEGER NOT NULL,
                  completion_tokens INTEGER NOT NULL, cost_usd TEXT, estimated INTEGER NOT NULL)""",
                insert(NOON, "a", "'0.1'"),
                insert(NOON, "a", "'0.2'"),
                insert(NOON, "b", "NULL"),
                insert(Instant.parse("2026-10-31T23:59:59.999Z"), "a", "'5'"));

        SpentBefore before;
        try (LedgerFile ledger = open()) {
            before = ledger.spentBefore();
            ledger.append(new LedgerEntry.Booked(ROW));
        }

        assertThat(before.since(LocalDate.of(2026, 11, 1))).isEqualByComparingTo("0.3");
        assertThat(before.since(LocalDate.of(2026, 11, 1), "b")).isZero();
        assertThat(rows(file, CALLS)).hasSize(5).endsWith(SHOWN);
        assertThat(rows(file, SUMS))
                .containsExactlyInAnyOrder(
                        "2026-10-31 a 1 0 0 5 0 0",
                        "2026-11-29 a 2 0 0 0.3 0 0",
                        "2026-11-29 b 1 0 0 0 0 1",
                        "2026-11-29 t 1 0 0 0.000000001 0 0");
    }

    @Test
    void whatWasSpentIsKnownAfterARestart() throws Exception {
        try (LedgerFile ledger = open()) {
            assertThat(ledger.spentBefore().sums()).isEmpty();
            ledger.append(new LedgerEntry.Booked(ROW));
            ledger.append(new LedgerEntry.Booked(row("r2", Optional.of(new BigDecimal("0.1")))));
        }
        try (LedgerFile ledger = open()) {
            assertThat(ledger.spentBefore().since(LocalDate.of(2026, 11, 29), "t"))
                    .isEqualByComparingTo("0.100000001");
        }
    }

    @Test
    void savingsAreSummedUpAndWrittenAtTheEnd() throws Exception {
        CostGroup group = new CostGroup(LocalDate.of(2026, 11, 29), "t", "high", "m:latest");
        try (LedgerFile ledger = open()) {
            for (int i = 0; i < 1_000; i++) {
                ledger.save(group, CostFigures.ofSaving(CacheStatus.HIT, Optional.of(new BigDecimal("0.001"))));
            }
            ledger.save(group, CostFigures.ofSaving(CacheStatus.SHARED, Optional.empty()));
            ledger.append(new LedgerEntry.Booked(ROW));
            ledger.flush();
            ledger.save(group, CostFigures.ofSaving(CacheStatus.MISS, Optional.of(BigDecimal.ONE)));
        }

        assertThat(rows(file, SUMS)).containsExactly("2026-11-29 t 1 1000 1 0.000000001 2.000 0");
        assertThat(rows(file, CALLS)).containsExactly(SHOWN);
    }

    @Test
    void aFileThatIsNoDatabaseIsKeptAndANewOneBegun() throws Exception {
        Files.writeString(file, "not a database at all, but long enough to look like one".repeat(100));

        try (LedgerFile ledger = open()) {
            assertThat(ledger.spentBefore().sums()).isEmpty();
            ledger.append(new LedgerEntry.Booked(ROW));
        }

        assertThat(rows(file, CALLS)).containsExactly(SHOWN);
        assertThat(names()).anyMatch(name -> name.startsWith("ledger.sqlite.corrupt-"));
    }

    @Test
    void aFileThatIsDamagedWhileItIsInUseIsKeptAndNoBookingIsLost() throws Exception {
        try (LedgerFile ledger = open()) {
            ledger.append(new LedgerEntry.Booked(ROW));
            ledger.flush();
        }
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);

        try (LedgerFile ledger = open()) {
            ledger.append(new LedgerEntry.Booked(row("r2", Optional.of(BigDecimal.ONE))));
            ledger.append(new LedgerEntry.Booked(row("r3", Optional.of(BigDecimal.TWO))));
        }

        assertThat(rows(file, "SELECT request_id FROM ledger ORDER BY id")).containsExactly("r2", "r3");
        assertThat(names()).anyMatch(name -> name.startsWith("ledger.sqlite.corrupt-"));
    }

    @Test
    void aFileOfALaterReleaseIsKeptAsItIs() throws Exception {
        execute(file, "CREATE TABLE ledger (else_altogether TEXT)", "PRAGMA user_version = 99");

        try (LedgerFile ledger = open()) {
            ledger.append(new LedgerEntry.Booked(ROW));
        }

        assertThat(rows(file, CALLS)).containsExactly(SHOWN);
        String kept = names().stream()
                .filter(name -> name.startsWith("ledger.sqlite.later-"))
                .findFirst()
                .orElseThrow();
        assertThat(rows(folder.resolve(kept), "PRAGMA user_version")).containsExactly("99");
    }

    @Test
    void bookingsWaitWhileAnotherProcessWrites() throws Exception {
        try (LedgerFile ledger = open()) {
            ledger.append(new LedgerEntry.Booked(ROW));
            ledger.flush();
            LedgerTables.whileLocked(
                    file, () -> ledger.append(new LedgerEntry.Booked(row("r2", Optional.of(BigDecimal.ONE)))));
        }

        assertThat(rows(file, "SELECT request_id FROM ledger ORDER BY id")).containsExactly("r1", "r2");
    }

    @Test
    void bookingsWaitForAFolderThatComesLater() throws Exception {
        Path inside = folder.resolve("later").resolve("ledger.sqlite");
        try (LedgerFile ledger = new LedgerFile(inside, () -> NOON)) {
            ledger.append(new LedgerEntry.Booked(ROW));
            ledger.flush();
            Files.createDirectories(inside.getParent());
            ledger.append(new LedgerEntry.Booked(row("r2", Optional.empty())));
        }

        assertThat(rows(inside, CALLS)).containsExactly(SHOWN, "high m:latest 3 4 null 0");
    }

    @Test
    void everyBookingOfManyThreadsIsWritten() throws Exception {
        try (LedgerFile ledger = open()) {
            List<Thread> threads = Stream.generate(() -> Thread.ofVirtual().unstarted(() -> {
                        for (int i = 0; i < 100; i++) {
                            ledger.append(new LedgerEntry.Booked(
                                    row("r", Optional.of(i % 2 == 0 ? BigDecimal.ZERO : new BigDecimal("0.1")))));
                        }
                    }))
                    .limit(50)
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertThat(rows(file, "SELECT count(*) FROM ledger")).containsExactly("5000");
        assertThat(rows(file, SUMS)).containsExactly("2026-11-29 t 5000 0 0 250.0 0 0");
    }

    private LedgerFile open() {
        return new LedgerFile(file, () -> NOON);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> String.valueOf(path.getFileName())).toList();
        }
    }

    private static LedgerRow row(String requestId, Optional<BigDecimal> cost) {
        return new LedgerRow(NOON, requestId, "t", "high", "m:latest", 3, 4, cost, Optional.empty(), false);
    }

    private static String insert(Instant at, String tenant, String cost) {
        return "INSERT INTO ledger VALUES (NULL, " + at.toEpochMilli() + ", 'old', '" + tenant
                + "', 'high', 'm:latest', 1, 1, " + cost + ", 0)";
    }
}
