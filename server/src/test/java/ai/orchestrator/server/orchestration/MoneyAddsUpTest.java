package ai.orchestrator.server.orchestration;

import static ai.orchestrator.server.orchestration.Fakes.CLOUD;
import static ai.orchestrator.server.orchestration.Fakes.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.config.MoneyConfig;
import ai.orchestrator.server.config.MoneyConfig.Action;
import ai.orchestrator.server.config.MoneyConfig.Budget;
import ai.orchestrator.server.config.MoneyConfig.Period;
import ai.orchestrator.server.config.MoneyConfig.Whose;
import ai.orchestrator.server.cost.LedgerFile;
import ai.orchestrator.server.cost.LedgerReports;
import ai.orchestrator.server.cost.SqliteCostLedger;
import ai.orchestrator.server.orchestration.BilledModels.End;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole pipeline beside a far side that keeps its own accounts. */
class MoneyAddsUpTest {
    private static final String VARYING = "varying:latest";
    private static final BigDecimal BIG_PRICE = new BigDecimal("0.000012345679");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);
    private static final int AT_ONCE = 400;
    private static final End[] GOOD = {End.TOLD, End.TOKENS};
    private static final End[] BAD = {End.BROKEN_TOLD, End.BROKEN_SOON, End.BROKEN_LATE, End.BROKEN, End.BROKEN_AT_ONCE
    };

    @TempDir
    Path folder;

    private final BilledModels models =
            new BilledModels(Map.of(CLOUD, BIG_PRICE, VARYING, new BigDecimal("0.0000333")));
    private final Fakes.Catalog catalog = new Fakes.Catalog();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private Optional<LedgerFile> file = Optional.empty();

    @AfterEach
    void close() {
        file.ifPresent(LedgerFile::close);
    }

    @Test
    void ofTenThousandMixedRequestsAFifthOfThemAborted() throws Exception {
        LedgerFile ledgerFile = open();
        SqliteCostLedger ledger = ledger(ledgerFile, List.of());
        Orchestrator orchestrator = orchestrator(ledger);
        Random random = new Random(20261129);

        inParallel(10_000, i -> {
            ChatRequest request = request(i, random);
            Fakes.Sink sink = leaving(random);
            return () -> ask(orchestrator, request, sink);
        });

        BigDecimal farSide = models.sum();
        CostFigures total = total(ledgerFile);
        assertThat(total.spent()).isEqualByComparingTo(farSide).isPositive();
        assertThat(ledger.totals().spent()).isEqualByComparingTo(farSide);
        assertThat(total.calls()).isEqualTo(models.calls.get());
        assertThat(total.estimated()).isEqualTo(models.guessed.get()).isPositive();
        assertThat(total.unknown()).isEqualTo(models.secret.get()).isPositive();
        assertThat(total.hits()).isPositive();
        assertThat(total.saved()).isPositive();
        assertThat(cancelled.get() + broken.get()).isBetween(1_500, 2_500);
        assertThat(refused).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void noBudgetIsOverdrawnByParallelRequests(Action action) throws Exception {
        BigDecimal limit = new BigDecimal("0.05");
        LedgerFile ledgerFile = open();
        SqliteCostLedger ledger =
                ledger(ledgerFile, List.of(new Budget(Period.DAY, new Whose.Everybody(), limit, action)));
        Orchestrator orchestrator = orchestrator(ledger);
        Random random = new Random(7);
        Semaphore overdrawn = new Semaphore(0);

        inParallel(3_000, i -> {
            ChatRequest request = ChatRequest.of("r" + i, "auto", Prompt.user("q" + i + " hard " + end(i, random)));
            Fakes.Sink sink = i % 5 == 0 ? new Leaving(random.nextInt(4)) : new Fakes.Sink();
            return () -> {
                ask(orchestrator, withLimit(request), sink);
                ledger.budgets().forEach(state -> {
                    if (state.spent().add(state.reserved()).compareTo(limit) > 0) {
                        overdrawn.release();
                    }
                });
            };
        });

        BigDecimal farSide = models.sum();
        assertThat(farSide).isLessThanOrEqualTo(limit).isGreaterThan(new BigDecimal("0.045"));
        assertThat(total(ledgerFile).spent()).isEqualByComparingTo(farSide);
        assertThat(overdrawn.availablePermits()).isZero();
        assertThat(ledger.budgets()).singleElement().satisfies(state -> {
            assertThat(state.spent()).isEqualByComparingTo(farSide);
            assertThat(state.reserved()).isZero();
        });
        if (action == Action.REFUSE) {
            assertThat(refused).hasValueGreaterThan(1_000);
        } else {
            assertThat(refused).hasValue(0);
            assertThat(models.calls).hasValueGreaterThan(2_000);
        }
    }

    private ChatRequest request(int i, Random random) {
        String model = List.of(LOCAL, CLOUD, VARYING, "auto").get(random.nextInt(4));
        String number = random.nextInt(3) == 0 ? "same" + random.nextInt(100) : "own" + i;
        String hard = random.nextBoolean() ? " hard " : " ";
        return ChatRequest.of("r" + i, model, Prompt.user(number + hard + end(i, random)));
    }

    private static End end(int i, Random random) {
        return i % 10 == 0 ? BAD[random.nextInt(BAD.length)] : GOOD[random.nextInt(GOOD.length)];
    }

    private static Fakes.Sink leaving(Random random) {
        return random.nextInt(8) == 0 ? new Leaving(random.nextInt(BilledModels.PIECES)) : new Fakes.Sink();
    }

    private void ask(Orchestrator orchestrator, ChatRequest request, Fakes.Sink sink) {
        try {
            orchestrator.answer(request, sink);
        } catch (PluginFailure.Cancelled e) {
            cancelled.incrementAndGet();
        } catch (PluginFailure e) {
            broken.incrementAndGet();
        } catch (AnswerFailure e) {
            refused.incrementAndGet();
        }
    }

    private static void inParallel(int requests, IntFunction<Runnable> making) throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < requests; i++) {
                Runnable request = making.apply(i);
                places.acquire();
                threads.execute(() -> {
                    try {
                        request.run();
                    } finally {
                        places.release();
                    }
                });
            }
        }
    }

    private LedgerFile open() {
        LedgerFile opened = new LedgerFile(folder.resolve("ledger.sqlite"), CLOCK);
        file = Optional.of(opened);
        return opened;
    }

    private SqliteCostLedger ledger(LedgerFile ledgerFile, List<Budget> budgets) {
        Price big = Price.perToken(BIG_PRICE, BIG_PRICE);
        catalog.models.put(CLOUD, Models.withPrice(Fakes.model(CLOUD), Optional.of(big)));
        catalog.models.put(VARYING, Models.withPrice(Fakes.model(VARYING), Optional.of(Price.unknown())));
        List<ModelInfo> low = List.of(catalog.find(LOCAL).orElseThrow());
        return new SqliteCostLedger(
                ledgerFile, new MoneyConfig(budgets, 100, Optional.of(big)), () -> big, () -> low, CLOCK);
    }

    private Orchestrator orchestrator(SqliteCostLedger ledger) {
        return new Orchestrator(
                Fakes.Rules::new,
                new Fakes.Cache(),
                question -> new Classification(
                        question.text().contains("hard") ? Complexity.HIGH : Complexity.LOW, 1, List.of()),
                new SearchNothing(),
                catalog,
                models,
                ledger,
                new Saved(ledger),
                AT_ONCE * 2,
                CLOCK);
    }

    private static CostFigures total(LedgerFile ledgerFile) {
        LocalDate today = LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC);
        return new LedgerReports(ledgerFile)
                .report(new CostReports.Query(today, today, List.of(), Optional.empty()))
                .getFirst()
                .figures();
    }

    private static ChatRequest withLimit(ChatRequest request) {
        return new ChatRequest(
                request.requestId(),
                request.model(),
                request.prompt(),
                SamplingOptions.builder().numPredict(20).build(),
                request.format(),
                request.tools(),
                request.toolChoice(),
                request.thinking(),
                request.topLogprobs(),
                request.overflow(),
                request.keepAlive(),
                request.extra(),
                request.cacheControl(),
                request.caller(),
                request.stream());
    }

    /** Leaves after so many pieces. */
    private static final class Leaving extends Fakes.Sink {
        private final int after;

        Leaving(int after) {
            this.after = after;
        }

        @Override
        public void event(ModelEvent event) {
            if (events.size() == after) {
                throw new PluginFailure.Cancelled();
            }
            super.event(event);
        }
    }

    private record Saved(SqliteCostLedger ledger) implements Stats {
        @Override
        public void record(Answered answered) {
            ledger.saved(answered);
        }

        @Override
        public void recordFailure(Duration took, boolean wasCancelled) {}
    }

    /** Leaves prompts as they are, so that the far side reads what was asked. */
    private static final class SearchNothing implements WebSearch {
        @Override
        public Report search(String query, int maxResults) {
            return new Report(List.of(), List.of(), Duration.ZERO);
        }

        @Override
        public Findings enrich(ChatRequest request, Optional<Duration> left) {
            return context -> new Enrichment(request.prompt(), List.of(), "none");
        }
    }
}
