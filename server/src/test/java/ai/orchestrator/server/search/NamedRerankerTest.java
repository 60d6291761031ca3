package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.TextReranker;
import ai.orchestrator.server.search.rerank.Candidate;
import ai.orchestrator.server.search.rerank.PassageRanking;
import ai.orchestrator.server.search.rerank.Rank;
import ai.orchestrator.server.search.rerank.Reranker;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NamedRerankerTest {
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final List<Candidate> CANDIDATES = List.of(
            new Candidate("the tide is high", 0.9, Optional.empty()),
            new Candidate("ebb", 0.1, Optional.empty()),
            new Candidate("bread", 0.5, Optional.empty()));

    private final List<String> bills = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();

    private interface Scoring {
        TextReranker.Scores of(List<String> texts);
    }

    private NamedReranker named(Scoring scoring) {
        TextReranker reranker = new TextReranker() {
            @Override
            public Scores score(String query, List<String> texts, Duration deadline) {
                asked.incrementAndGet();
                return scoring.of(texts);
            }
        };
        return new NamedReranker("ranker", reranker, (name, usd) -> bills.add(name + " " + usd), nanos::get);
    }

    /** Finds that ebb is what was asked for. */
    private static TextReranker.Scores ebb(List<String> texts) {
        return new TextReranker.Scores(
                texts.stream().map(text -> text.equals("ebb") ? 3.5 : -2.0).toList(),
                Optional.of(new BigDecimal("0.0025")));
    }

    private static List<Integer> order(Reranker reranker) {
        return reranker.rank("tide", CANDIDATES, AMPLE).stream()
                .map(Rank::candidate)
                .toList();
    }

    @Test
    void itsScoresAloneDecideAndItsCostIsBilled() {
        NamedReranker named = named(NamedRerankerTest::ebb);
        List<Rank> ranks = new Reranker(Optional.of(named), Optional.empty()).rank("tide", CANDIDATES, AMPLE);
        assertThat(ranks).extracting(Rank::candidate).containsExactly(1, 0, 2);
        assertThat(ranks.getFirst().relevance()).hasValue(3.5);
        assertThat(ranks).extracting(Rank::score).containsExactly(1.0, 0.0, 0.0);
        assertThat(bills).containsExactly("ranker 0.0025");
        assertThat(named.report()).isEqualTo(new NamedReranker.Report("ranker", 1, 0));

        double[] passages = new PassageRanking(Optional.of(named), Optional.empty())
                .score("tide", List.of(List.of("the tide is high", "ebb", "bread")), AMPLE)
                .getFirst();
        assertThat(passages[1]).isGreaterThan(passages[0]);
        assertThat(passages).doesNotContain(0);
    }

    @Test
    void aSearchIsRankedWithoutItWhereItFailsOrLies() {
        List<Scoring> bad = List.of(
                texts -> {
                    throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "away");
                },
                texts -> {
                    throw new IllegalStateException("a fault");
                },
                texts -> new TextReranker.Scores(List.of(1.0), Optional.empty()),
                texts -> new TextReranker.Scores(List.of(1.0, Double.NaN, 2.0), Optional.empty()));
        for (Scoring scoring : bad) {
            NamedReranker named = named(scoring);
            assertThat(order(new Reranker(Optional.of(named), Optional.empty())))
                    .isEqualTo(order(new Reranker(Optional.empty())));
            assertThat(named.report().failures()).isEqualTo(1);
        }
    }

    @Test
    void aLateOneIsNotWaitedFor() {
        NamedReranker named = named(texts -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ebb(texts);
        });
        assertThat(named.of("tide", List.of("a"), Duration.ofMillis(50))).isEmpty();
        assertThat(named.report().failures()).isEqualTo(1);
    }

    @Test
    void aSearchThatIsOutOfTimeSaysNothingOfIt() {
        NamedReranker named = named(NamedRerankerTest::ebb);
        for (int i = 0; i < 50; i++) {
            assertThat(named.of("tide", List.of("a"), Duration.ofNanos(-i))).isEmpty();
            named.of("tide", List.of("a"), Duration.ofNanos(1));
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        }
        // every call has given its permit back: the last of them does so about now
        while (named.of("tide", List.of("ebb"), AMPLE).isEmpty()) {
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            Thread.yield();
        }
    }

    @Test
    void oneThatKeepsFailingIsLeftAloneForAWhile() {
        NamedReranker named = named(texts -> {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "away");
        });
        for (int i = 0; i < 5; i++) {
            assertThat(named.of("tide", List.of("a"), AMPLE)).isEmpty();
        }
        assertThat(asked).hasValue(3);
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(named.of("tide", List.of("a"), AMPLE)).isEmpty();
        assertThat(asked).hasValue(4);
    }
}
