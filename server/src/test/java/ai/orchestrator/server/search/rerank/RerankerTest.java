package ai.orchestrator.server.search.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.TextEmbedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RerankerTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final float[] ALIKE = {1, 0};
    private static final float[] UNLIKE = {0, 1};

    private final List<String> embedded = new ArrayList<>();

    private TextEmbedder embedder(Function<String, float[]> vectors) {
        return new TextEmbedder() {
            @Override
            public String model() {
                return "m";
            }

            @Override
            public List<float[]> embed(List<String> texts) {
                embedded.addAll(texts);
                return texts.stream().map(vectors).toList();
            }
        };
    }

    private static Candidate candidate(String text, double prior) {
        return new Candidate(text, prior, Optional.empty());
    }

    private static List<Integer> order(List<Rank> ranks) {
        return ranks.stream().map(Rank::candidate).toList();
    }

    @Test
    void meaningLiftsWhatTheWordsMiss() {
        Reranker reranker = new Reranker(Optional.of(embedder(text -> text.contains("dog") ? UNLIKE : ALIKE)));

        List<Rank> ranks = reranker.rank(
                "cats", List.of(candidate("a dog", 1), candidate("felines", 0.9), candidate("a dog", 0.2)), LONG);
        assertThat(order(ranks)).containsExactly(1, 0, 2);
        assertThat(ranks.getFirst().meaning()).hasValue(1);
        assertThat(ranks).allSatisfy(rank -> assertThat(rank.score()).isBetween(0.0, 1.0));
    }

    @Test
    void vectorsThatAreHadAreNotMadeAnew() {
        Reranker reranker = new Reranker(Optional.of(embedder(text -> ALIKE)));

        List<Rank> ranks = reranker.rank(
                "q",
                List.of(new Candidate("one", 1, Optional.of(UNLIKE)), candidate("two", 0.9), candidate("three", 0)),
                LONG);
        assertThat(embedded).containsExactly("q", "two", "three");
        assertThat(order(ranks)).containsExactly(1, 0, 2);
    }

    @Test
    void withoutVectorsTheFormerOrderAndTheWordsDecide() {
        List<Candidate> candidates =
                List.of(candidate("nothing", 1), candidate("tides in harbours", 0.99), candidate("x", 0));
        TextEmbedder failing = embedder(text -> {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "gone");
        });
        TextEmbedder broken = embedder(text -> {
            throw new IllegalStateException("broken");
        });

        for (Optional<TextEmbedder> none :
                List.of(Optional.<TextEmbedder>empty(), Optional.of(failing), Optional.of(broken))) {
            List<Rank> ranks = new Reranker(none).rank("harbour tide", candidates, LONG);
            assertThat(order(ranks)).containsExactly(1, 0, 2);
            assertThat(ranks.getFirst().meaning()).isEmpty();
            assertThat(ranks.getFirst().score()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void vectorsThatDoNotComeInTimeAreNotWaitedFor() {
        CountDownLatch never = new CountDownLatch(1);
        Reranker reranker = new Reranker(Optional.of(embedder(text -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ALIKE;
        })));

        assertThat(order(reranker.rank("q", List.of(candidate("b", 1), candidate("a", 2)), Duration.ofMillis(20))))
                .containsExactly(1, 0);
    }

    @Test
    void scoresAsFarApartAsCanBeStillOrder() {
        assertThat(Reranker.spread(new double[] {-Double.MAX_VALUE, 0, Double.MAX_VALUE}))
                .containsExactly(0, 0.5, 1);
    }

    @Test
    void nothingRanksAsNothing() {
        assertThat(new Reranker(Optional.empty()).rank("q", List.of(), LONG)).isEmpty();
    }

    @Test
    void rareWordsOfTheQueryCountMoreThanCommonOnes() {
        double[] scores = WordScores.of(
                "the zebra", List.of("the zebra runs", "the horse runs", "the cow runs", "nothing of it"));

        assertThat(scores[0]).isGreaterThan(scores[1]);
        assertThat(scores[1]).isPositive();
        assertThat(scores[3]).isZero();
    }
}
