package ai.orchestrator.server.search.rerank;

import ai.orchestrator.plugin.search.TextEmbedder;
import ai.orchestrator.server.search.page.PassageScorer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Scores passages by their words, and the best of these by what the operator's reranker says, or else by their meaning, too. The others count as having nothing to do with the question. */
public final class PassageRanking implements PassageScorer {
    /** At 3 to 6 ms a text, these are compared within 200 ms. */
    private static final int COMPARED = 30;

    /** Of a passage's score; the rest is its words'. */
    private static final double MEANING = 0.5;

    /** Cosines below this are those of texts that have nothing in common. */
    private static final double NOISE = 0.15;

    /** Of the worst of the compared passages by a reranker, which sees something in every text. */
    private static final double LEAST = 0.01;

    private final Optional<Relevance> named;
    private final Meanings meanings;

    /** @param embedder makes the vectors; without one, meaning does not count */
    public PassageRanking(Optional<TextEmbedder> embedder) {
        this(Optional.empty(), embedder);
    }

    /**
     * With a reranker of the operator's.
     *
     * @param named by the operator
     * @param embedder makes the vectors; without one, meaning does not count
     */
    public PassageRanking(Optional<Relevance> named, Optional<TextEmbedder> embedder) {
        this.named = named;
        this.meanings = new Meanings(embedder);
    }

    @Override
    public double[] score(String question, List<String> passages, Duration within) {
        if (passages.isEmpty()) {
            return new double[0];
        }
        double[] words = WordScores.of(question, passages);
        double most = DoubleStream.of(words).max().orElse(0);
        if (most > 0) {
            for (int i = 0; i < words.length; i++) {
                words[i] /= most;
            }
        }
        List<Integer> best = IntStream.range(0, passages.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> words[i]).reversed())
                .limit(COMPARED)
                .toList();
        List<String> texts = best.stream().map(passages::get).toList();
        long start = System.nanoTime();
        return named.flatMap(each -> each.of(question, texts, Relevance.part(within)))
                .map(relevance -> relevant(words.length, best, relevance))
                .or(() -> cosines(question, texts, within.minusNanos(System.nanoTime() - start))
                        .map(cosines -> both(words, best, cosines)))
                .orElse(words);
    }

    private Optional<double[]> cosines(String question, List<String> texts, Duration within) {
        return meanings.cosines(
                question,
                texts.stream()
                        .map(text -> new Candidate(text, 0, Optional.empty()))
                        .toList(),
                within);
    }

    private static double[] relevant(int passages, List<Integer> best, List<Double> relevance) {
        double[] spread = Reranker.spread(
                relevance.stream().mapToDouble(Double::doubleValue).toArray());
        double[] scores = new double[passages];
        for (int i = 0; i < spread.length; i++) {
            scores[best.get(i)] = LEAST + (1 - LEAST) * spread[i];
        }
        return scores;
    }

    private static double[] both(double[] words, List<Integer> best, double[] cosines) {
        double[] scores = new double[words.length];
        for (int i = 0; i < cosines.length; i++) {
            int passage = best.get(i);
            scores[passage] = (1 - MEANING) * words[passage] + MEANING * (cosines[i] < NOISE ? 0 : cosines[i]);
        }
        return scores;
    }
}
