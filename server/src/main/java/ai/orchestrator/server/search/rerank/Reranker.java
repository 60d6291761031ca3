package ai.orchestrator.server.search.rerank;

import ai.orchestrator.plugin.search.TextEmbedder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Orders candidates by what a reranker says that the operator names. Where there is none, or it is late or fails, by three things: how they ranked before, their words, and their meaning, each brought to 0 to 1 over the candidates and
 * weighed. Where no vector is had in time, the first two decide.
 */
public final class Reranker {
    /** Found to rank best on two public collections; docs/search.md has the figures. */
    static final Weights WEIGHTS = new Weights(0.5, 0.1, 0.4);

    private final Optional<Relevance> named;
    private final Meanings meanings;
    private final Weights weights;

    /** What counts how much. */
    record Weights(double prior, double words, double meaning) {}

    /** @param embedder makes the vectors; without one, meaning does not count */
    public Reranker(Optional<TextEmbedder> embedder) {
        this(Optional.empty(), embedder);
    }

    /**
     * With a reranker of the operator's.
     *
     * @param named by the operator
     * @param embedder makes the vectors; without one, meaning does not count
     */
    public Reranker(Optional<Relevance> named, Optional<TextEmbedder> embedder) {
        this(named, embedder, WEIGHTS);
    }

    Reranker(Optional<Relevance> named, Optional<TextEmbedder> embedder, Weights weights) {
        this.named = named;
        this.meanings = new Meanings(embedder);
        this.weights = weights;
    }

    /**
     * All candidates, the best first.
     *
     * @param within how long scores or vectors may take to come
     */
    public List<Rank> rank(String query, List<Candidate> candidates, Duration within) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        long start = System.nanoTime();
        List<String> texts = candidates.stream().map(Candidate::text).toList();
        Optional<List<Double>> relevance = named.flatMap(each -> each.of(query, texts, Relevance.part(within)));
        return relevance
                .map(scores -> byRelevance(query, texts, scores))
                .orElseGet(() -> byThree(query, candidates, within.minusNanos(System.nanoTime() - start)));
    }

    private static List<Rank> byRelevance(String query, List<String> texts, List<Double> relevance) {
        double[] scores =
                spread(relevance.stream().mapToDouble(Double::doubleValue).toArray());
        double[] words = spread(WordScores.of(query, texts));
        return IntStream.range(0, texts.size())
                .mapToObj(i ->
                        new Rank(i, scores[i], words[i], OptionalDouble.empty(), OptionalDouble.of(relevance.get(i))))
                .sorted(Comparator.comparingDouble(Rank::score).reversed())
                .toList();
    }

    private List<Rank> byThree(String query, List<Candidate> candidates, Duration within) {
        double[] prior =
                spread(candidates.stream().mapToDouble(Candidate::prior).toArray());
        double[] words = spread(
                WordScores.of(query, candidates.stream().map(Candidate::text).toList()));
        Optional<double[]> cosines = meanings.cosines(query, candidates, within);
        double[] meaning = cosines.map(Reranker::spread).orElseGet(() -> new double[candidates.size()]);
        double all = weights.prior() + weights.words() + (cosines.isPresent() ? weights.meaning() : 0);
        return IntStream.range(0, candidates.size())
                .mapToObj(i -> new Rank(
                        i,
                        (weights.prior() * prior[i] + weights.words() * words[i] + weights.meaning() * meaning[i])
                                / all,
                        words[i],
                        cosines.map(each -> OptionalDouble.of(each[i])).orElse(OptionalDouble.empty()),
                        OptionalDouble.empty()))
                .sorted(Comparator.comparingDouble(Rank::score).reversed())
                .toList();
    }

    /** Brought to 0 to 1; all 1 where they are equal. Halved on the way, since the whole of two huge numbers' distance may be more than there is. */
    static double[] spread(double[] numbers) {
        double least = DoubleStream.of(numbers).min().orElse(0);
        double most = DoubleStream.of(numbers).max().orElse(0);
        return Arrays.stream(numbers)
                .map(number -> most > least ? (number / 2 - least / 2) / (most / 2 - least / 2) : 1)
                .toArray();
    }
}
