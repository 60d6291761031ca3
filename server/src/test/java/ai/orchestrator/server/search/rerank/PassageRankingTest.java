package ai.orchestrator.server.search.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.search.TextEmbedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PassageRankingTest {
    private static final Duration AMPLE = Duration.ofSeconds(30);

    private final List<String> embedded = new ArrayList<>();

    /** Knows that a vessel is a ship. */
    private final TextEmbedder ships = embedder(texts -> texts.stream()
            .map(text -> text.contains("ship") || text.contains("vessel") ? new float[] {1, 0} : new float[] {0, 1})
            .toList());

    private TextEmbedder embedder(java.util.function.Function<List<String>, List<float[]>> vectors) {
        return new TextEmbedder() {
            @Override
            public String model() {
                return "ships";
            }

            @Override
            public List<float[]> embed(List<String> texts) {
                embedded.addAll(texts);
                return vectors.apply(texts);
            }
        };
    }

    @Test
    void rareWordsOfTheQuestionCountMost() {
        double[] scores = new PassageRanking(Optional.empty())
                .score(
                        "the \u6298\u308A\u7D19 of Paper",
                        List.of("the of the of", "PAPER of the", "\u6298\u308A\u7D19", "else"),
                        AMPLE);
        assertThat(scores[1]).isGreaterThan(scores[0]);
        assertThat(scores[2]).isGreaterThan(scores[0]);
        assertThat(scores[3]).isZero();
    }

    @Test
    void aPassageOfTheSameMeaningCountsWithoutAnyOfTheWords() {
        double[] scores = new PassageRanking(Optional.of(ships))
                .score("where is the ship", List.of("a vessel at sea", "bread and butter", "the ship is here"), AMPLE);
        assertThat(scores[0]).isPositive();
        assertThat(scores[1]).isZero();
        assertThat(scores[2]).isGreaterThan(scores[0]);
    }

    @Test
    void ofManyPassagesOnlyThoseOfTheBestWordsAreComparedByMeaning() {
        List<String> passages = IntStream.range(0, 400)
                .mapToObj(i -> i >= 390 ? "the ship number " + i : "bread number " + i)
                .toList();
        double[] scores = new PassageRanking(Optional.of(ships)).score("ship", passages, AMPLE);
        assertThat(embedded).hasSizeLessThan(40).contains("the ship number 390", "the ship number 399");
        assertThat(IntStream.range(0, 400).filter(i -> scores[i] > 0)).allMatch(i -> i >= 390);
    }

    @Test
    void wordsDecideWhereVectorsAreLateOrFail() {
        TextEmbedder late = embedder(texts -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        TextEmbedder failing = embedder(texts -> {
            throw new IllegalStateException("a fault");
        });
        for (TextEmbedder embedder : List.of(late, failing)) {
            double[] scores = new PassageRanking(Optional.of(embedder))
                    .score("ship", List.of("the ship", "bread"), Duration.ofMillis(20));
            assertThat(scores[0]).isPositive();
            assertThat(scores[1]).isZero();
        }
    }

    @Test
    void nothingIsScoredWithoutPassages() {
        assertThat(new PassageRanking(Optional.of(ships)).score("ship", List.of(), AMPLE))
                .isEmpty();
        assertThat(embedded).isEmpty();
    }
}
