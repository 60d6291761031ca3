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

    private static double[] score(PassageRanking ranking, String question, Duration within, String... passages) {
        return ranking.score(question, List.of(List.of(passages)), within).getFirst();
    }

    @Test
    void rareWordsOfTheQuestionCountMost() {
        double[] scores = score(
                new PassageRanking(Optional.empty()),
                "the \u6298\u308A\u7D19 of Paper",
                AMPLE,
                "the of the of",
                "PAPER of the",
                "\u6298\u308A\u7D19",
                "else");
        assertThat(scores[1]).isGreaterThan(scores[0]);
        assertThat(scores[2]).isGreaterThan(scores[0]);
        assertThat(scores[3]).isZero();
    }

    @Test
    void aPassageOfTheSameMeaningCountsWithoutAnyOfTheWords() {
        double[] scores = score(
                new PassageRanking(Optional.of(ships)),
                "where is the ship",
                AMPLE,
                "a vessel at sea",
                "bread and butter",
                "the ship is here");
        assertThat(scores[0]).isPositive();
        assertThat(scores[1]).isZero();
        assertThat(scores[2]).isGreaterThan(scores[0]);
    }

    @Test
    void aShortTextIsComparedWhateverTheLengthOfTheOthers() {
        List<String> page = IntStream.range(0, 400)
                .mapToObj(i -> i >= 300 ? "the ship number " + i : "bread number " + i)
                .toList();
        List<double[]> scores = new PassageRanking(Optional.of(ships))
                .score("ship", List.of(page, page, List.of("a vessel at sea"), List.of("bread")), AMPLE);
        assertThat(embedded).hasSizeLessThan(40).contains("a vessel at sea", "the ship number 300");
        assertThat(scores).extracting(text -> text.length).containsExactly(400, 400, 1, 1);
        assertThat(scores.get(2)[0]).isPositive();
        assertThat(scores.get(3)[0]).isZero();
        assertThat(IntStream.range(0, 400).filter(i -> scores.get(0)[i] > 0))
                .as("those with the word in them, compared or not")
                .hasSize(100)
                .allMatch(i -> i >= 300);
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
            double[] scores = score(
                    new PassageRanking(Optional.of(embedder)), "ship", Duration.ofMillis(20), "the ship", "bread");
            assertThat(scores[0]).isPositive();
            assertThat(scores[1]).isZero();
        }
    }

    @Test
    void withoutTimeOrPassagesNothingIsEmbedded() {
        assertThat(new PassageRanking(Optional.of(ships)).score("ship", List.of(List.of()), AMPLE))
                .containsExactly(new double[0]);
        assertThat(score(new PassageRanking(Optional.of(ships)), "ship", Duration.ofMillis(-1), "the ship"))
                .containsExactly(1);
        assertThat(embedded).isEmpty();
    }
}
