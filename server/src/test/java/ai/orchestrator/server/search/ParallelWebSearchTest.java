package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.server.orchestration.WebSearch.EngineOutcome;
import ai.orchestrator.server.orchestration.WebSearch.Report;
import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.search.page.PageReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParallelWebSearchTest {
    private static final NamedEngine GOOD = Results.engine("good", "https://a.org/1", "https://b.org/2");

    private static ParallelWebSearch over(Duration deadline, NamedEngine... engines) {
        return new ParallelWebSearch(
                List.of(engines), HostRules.NONE, Optional.empty(), PageReader.none(), deadline, 5);
    }

    private static ParallelWebSearch over(NamedEngine... engines) {
        return over(Duration.ofSeconds(20), engines);
    }

    private static List<String> urls(Report report) {
        return report.results().stream().map(Result::url).toList();
    }

    @Test
    void allEnginesAreAskedAndTheirPagesMerged() {
        Report report = over(
                        Results.engine("one", "https://a.org/", "https://b.org/x"),
                        Results.engine("two", "https://c.org/", "http://www.b.org/x/?utm_source=two"))
                .search("folding paper", 10);

        assertThat(urls(report)).containsExactly("https://b.org/x", "https://a.org/", "https://c.org/");
        assertThat(report.results().getFirst().engines()).containsExactly("one", "two");
        assertThat(report.engines()).extracting(EngineOutcome::engine).containsExactly("one", "two");
        assertThat(report.engines()).allSatisfy(outcome -> {
            assertThat(outcome.results()).isEqualTo(2);
            assertThat(outcome.failure()).isEmpty();
        });
    }

    @Test
    void enginesRunAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        SearchEngine meeting = query -> {
            both.countDown();
            return await(both) ? List.of(Results.hit("https://met.org/")) : List.of();
        };
        Report report = over(Results.behaving("one", meeting), Results.behaving("two", meeting))
                .search("folding paper", 10);
        assertThat(urls(report)).containsExactly("https://met.org/");
    }

    @Test
    void aLateEngineIsInterruptedAndCostsOnlyItsResults() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Report report = over(Duration.ofMillis(300), GOOD, Results.behaving("slow", query -> {
                    try {
                        Thread.sleep(Duration.ofMinutes(1));
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return List.of();
                }))
                .search("folding paper", 10);

        assertThat(urls(report)).containsExactly("https://a.org/1", "https://b.org/2");
        assertThat(report.engines().getLast().failure()).contains("no answer within 300 ms");
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anEngineThatHeedsNoInterruptHoldsAFewThreadsAndNoMore() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger held = new AtomicInteger();
        ParallelWebSearch search = over(Duration.ofMillis(100), GOOD, Results.behaving("stuck", query -> {
            held.incrementAndGet();
            awaitStubbornly(release);
            return List.of();
        }));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                callers.execute(() -> search.search("folding paper", 10));
            }
        }
        assertThat(urls(search.search("folding paper", 10))).hasSize(2);
        assertThat(held.get()).isBetween(1, 8);
        release.countDown();
    }

    @Test
    void atMostEightCallsRunInAnEngineAtOnce() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        ParallelWebSearch search = over(Results.behaving("busy", query -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            calls.incrementAndGet();
            pause();
            running.decrementAndGet();
            return List.of();
        }));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                String query = "folding paper " + i;
                callers.execute(() -> search.search(query, 10));
            }
        }
        assertThat(most.get()).isBetween(2, 8);
        assertThat(calls.get()).isEqualTo(40);
    }

    @Test
    void whateverAnEngineThrowsCostsOnlyItsResults() {
        Report report = over(
                        Results.behaving("failing", query -> {
                            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "the far side is away");
                        }),
                        Results.behaving("throwing", query -> {
                            throw new IllegalStateException("/home/somebody/secret");
                        }),
                        Results.behaving("broken", query -> {
                            throw new NoClassDefFoundError("x");
                        }),
                        GOOD)
                .search("folding paper", 10);

        assertThat(urls(report)).hasSize(2);
        assertThat(report.engines())
                .extracting(outcome -> outcome.failure().orElse("answered"))
                .containsExactly(
                        "the far side is away",
                        "it failed in an unexpected way (IllegalStateException)",
                        "it failed in an unexpected way (NoClassDefFoundError)",
                        "answered");
    }

    @Test
    @SuppressWarnings("NullAway") // what a plugin without null checks can return
    void nullsAreAFailureOfTheirEngine() {
        List<SearchHit> withNull = new ArrayList<>();
        withNull.add(null);
        Report report = over(
                        Results.behaving("null", query -> null),
                        Results.behaving("holes", query -> withNull),
                        Results.finding("empty", Results.hit("https://a.org/", null, "x")),
                        GOOD)
                .search("folding paper", 10);
        assertThat(urls(report)).hasSize(2);
        assertThat(report.engines().subList(0, 3))
                .allSatisfy(outcome -> assertThat(outcome.failure()).isPresent());
    }

    @Test
    void pagesThatCannotBeShownAreLeftOutAndTextIsMadePlain() {
        Report report = over(Results.finding(
                        "odd",
                        Results.hit("javascript:alert(1)"),
                        Results.hit("file:///etc/passwd"),
                        Results.hit("not a url"),
                        Results.hit("https://user:secret@a.org/"),
                        Results.hit("https://a.org/\nSet-Cookie: x"),
                        Results.hit("https://ok.org/", "A\u202Egnp.exe\n\u0007", "zero\u200Bwidth \uFF1Cb\uFF1E"),
                        Results.hit("doc:notes/a%20b.md", "", "")))
                .search("folding paper", 10);
        assertThat(urls(report)).containsExactly("https://ok.org/", "doc:notes/a%20b.md");
        assertThat(report.results().getFirst().title()).isEqualTo("Agnp.exe");
        assertThat(report.results().getFirst().snippet()).isEqualTo("zerowidth <b>");
        assertThat(report.results().getLast().title()).isEqualTo("doc:notes/a%20b.md");
    }

    @Test
    void anEngineThatKeepsFailingIsLeftOut() {
        AtomicInteger calls = new AtomicInteger();
        ParallelWebSearch search = over(GOOD, Results.behaving("down", query -> {
            calls.incrementAndGet();
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "the far side is away");
        }));
        for (int i = 0; i < 5; i++) {
            assertThat(urls(search.search("folding paper", 10))).hasSize(2);
        }
        assertThat(calls.get()).isEqualTo(3);
        assertThat(search.search("folding paper", 10)
                        .engines()
                        .getLast()
                        .failure()
                        .orElseThrow())
                .matches("it is left out for another \\d+ s, since it failed: the far side is away");
    }

    @Test
    void anEngineIsNotAskedTheSameTwiceUnlessItNeedsNoNetwork() {
        AtomicInteger far = new AtomicInteger();
        AtomicInteger near = new AtomicInteger();
        SearchEngine local = new SearchEngine() {
            @Override
            public List<SearchHit> search(SearchQuery query) {
                near.incrementAndGet();
                return List.of(Results.hit("doc:a"));
            }

            @Override
            public boolean isLocal() {
                return true;
            }
        };
        ParallelWebSearch search = over(
                Results.behaving("far", query -> {
                    far.incrementAndGet();
                    return List.of(Results.hit("https://a.org/"));
                }),
                Results.behaving("near", local));
        Report first = search.search("Folding  paper", 10);
        Report second = search.search("folding paper", 10);

        assertThat(second.results()).isEqualTo(first.results());
        assertThat(first.engines()).extracting(EngineOutcome::cached).containsOnly(false);
        assertThat(second.engines()).extracting(EngineOutcome::cached).containsExactly(true, false);
        assertThat(far).hasValue(1);
        assertThat(near).hasValue(2);
    }

    @Test
    void onlyPagesOfHostsThatTheOperatorWantsAreShown() {
        ParallelWebSearch search = new ParallelWebSearch(
                List.of(Results.engine(
                        "web", "https://en.good.org/", "https://bad.good.org/x", "https://notgood.org/", "doc:own")),
                new HostRules(List.of("good.org"), List.of("www.bad.good.org")),
                Optional.empty(),
                PageReader.none(),
                Duration.ofSeconds(20),
                5);

        assertThat(urls(search.search("folding paper", 10))).containsExactly("https://en.good.org/", "doc:own");
    }

    @Test
    void searchesAreCountedByEngine() {
        ParallelWebSearch search = over(GOOD, Results.behaving("down", query -> {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "the far side is away");
        }));
        search.search("folding paper", 10);
        search.search("folding paper", 10);
        search.search("...", 10);

        SearchReport report = search.report();
        assertThat(report.searches()).isEqualTo(2);
        assertThat(report.allFailed()).isZero();
        assertThat(report.engines().getFirst()).isEqualTo(new EngineReport("good", 2, 1, 4, 0, Optional.empty()));
        assertThat(report.engines().getLast()).satisfies(down -> {
            assertThat(down.failures()).isEqualTo(2);
            assertThat(down.lastFailure()).map(EngineReport.Failure::sentence).contains("the far side is away");
        });
    }

    @Test
    void aSearchThatNoEngineAnsweredIsCounted() {
        ParallelWebSearch search = over(Results.behaving("down", query -> {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "the far side is away");
        }));
        assertThat(search.search("folding paper", 10).summary(0)).startsWith("failed; down=failed; results=0");
        assertThat(search.report().allFailed()).isEqualTo(1);
    }

    @Test
    void aQueryOfNothingButSignsAndSecretsIsNotSearchedFor() {
        ParallelWebSearch search = over(GOOD);
        assertThat(search.searchable("folding paper")).isTrue();
        assertThat(search.searchable("??? jo@example.org")).isFalse();
        assertThat(search.search("??? jo@example.org", 10).engines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"unbalanced", "(", "a AND (b", "site:", "!wp paper", "a* OR *", "[1 TO", "\\paper\\"})
    void signsThatSomeEnginesTakeForOperatorsAreNoFault(String query) {
        assertThat(over(GOOD).search(query + " folding", 10).results()).hasSize(2);
    }

    @Test
    void theQueryIsCleanAndSaysHowRecentResultsHaveToBe() throws InterruptedException {
        BlockingQueue<SearchQuery> asked = new LinkedBlockingQueue<>();
        ParallelWebSearch search = over(Duration.ofSeconds(7), Results.behaving("seen", query -> {
            asked.add(query);
            return List.of();
        }));
        search.search("weather today\u0000 for jo@example.org", 3);

        SearchQuery query = asked.take();
        assertThat(query.text()).isEqualTo("weather today for");
        assertThat(query.freshness()).isEqualTo(SearchQuery.Freshness.DAY);
        assertThat(query.deadline()).isEqualTo(Duration.ofSeconds(7));
        assertThat(query.limit()).isBetween(3, 50);
    }

    @Test
    void noMoreResultsComeThanAreWanted() {
        String[] urls = new String[60];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = "https://host" + i + ".org/";
        }
        ParallelWebSearch search = over(Results.engine("many", urls));
        assertThat(search.search("folding paper", 3).results()).hasSize(3);
        assertThat(search.search("folding paper", 50).results()).hasSize(50);
        assertThat(search.search("folding paper", 1_000).results()).hasSize(50);
        assertThat(search.search("folding paper", -1).results()).hasSize(1);
    }

    @Test
    void anInterruptedCallerGetsNothingAndStaysInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        ParallelWebSearch search = over(GOOD, Results.behaving("waiting", query -> {
            await(never);
            return List.of();
        }));
        Thread.currentThread().interrupt();
        Report report = search.search("folding paper", 10);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.results()).isEmpty();
        assertThat(report.engines())
                .extracting(outcome -> outcome.failure().orElse("answered"))
                .containsOnly("the search was cancelled");
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void awaitStubbornly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            await(latch);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
