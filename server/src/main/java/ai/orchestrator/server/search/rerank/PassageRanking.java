package ai.orchestrator.server.search.rerank;

import ai.orchestrator.plugin.search.TextEmbedder;
import ai.orchestrator.server.search.page.PassageScorer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Scores passages by their words, and the best of each text by what the operator's reranker says, or else by their meaning, too. */
public final class PassageRanking implements PassageScorer {
    /** At 3 to 6 ms a text, these are compared within 200 ms. */
    private static final int COMPARED = 30;

    /** Of a passage's score; the rest is its words'. */
    private static final double MEANING = 0.5;

    /** Cosines below this are those of texts that have nothing in common. */
    private static final double NOISE = 0.15;

    /** Of the worst of the compared passages by a reranker, which sees something in every text; all that it did not see are below that. */
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
    public List<double[]> score(String question, List<List<String>> texts, Duration within) {
        List<String> passages = texts.stream().flatMap(List::stream).toList();
        double[] words = WordScores.of(question, passages);
        double most = DoubleStream.of(words).max().orElse(0);
        for (int i = 0; most > 0 && i < words.length; i++) {
            words[i] /= most;
        }
        return apart(both(question, passages, words, best(texts, words), within), texts);
    }

    /** The passages that are compared: the best by words of every text, then the second best of every one, and so on. */
    private static List<Integer> best(List<List<String>> texts, double[] words) {
        List<List<Integer>> ranked = new ArrayList<>();
        int from = 0;
        for (List<String> text : texts) {
            ranked.add(IntStream.range(from, from + text.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> words[i]).reversed())
                    .toList());
            from += text.size();
        }
        return IntStream.range(0, COMPARED)
                .boxed()
                .flatMap(place ->
                        ranked.stream().filter(text -> text.size() > place).map(text -> text.get(place)))
                .limit(COMPARED)
                .toList();
    }

    private double[] both(String question, List<String> passages, double[] words, List<Integer> best, Duration within) {
        if (best.isEmpty()) {
            return words;
        }
        List<String> texts = best.stream().map(passages::get).toList();
        long start = System.nanoTime();
        return named.flatMap(each -> each.of(question, texts, Relevance.part(within)))
                .map(relevance -> byRelevance(words, best, relevance))
                .or(() -> cosines(question, texts, within.minusNanos(System.nanoTime() - start))
                        .map(cosines -> byMeaning(words, best, cosines)))
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

    private static double[] byRelevance(double[] words, List<Integer> best, List<Double> relevance) {
        double[] spread = Reranker.spread(
                relevance.stream().mapToDouble(Double::doubleValue).toArray());
        double[] scores = DoubleStream.of(words).map(score -> LEAST * score).toArray();
        for (int i = 0; i < spread.length; i++) {
            scores[best.get(i)] = LEAST + (1 - LEAST) * spread[i];
        }
        return scores;
    }

    private static double[] byMeaning(double[] words, List<Integer> best, double[] cosines) {
        double[] scores =
                DoubleStream.of(words).map(score -> (1 - MEANING) * score).toArray();
        for (int i = 0; i < cosines.length; i++) {
            scores[best.get(i)] += MEANING * (cosines[i] < NOISE ? 0 : cosines[i]);
        }
        return scores;
    }

    private static List<double[]> apart(double[] scores, List<List<String>> texts) {
        List<double[]> apart = new ArrayList<>();
        int from = 0;
        for (List<String> text : texts) {
            apart.add(Arrays.copyOfRange(scores, from, from + text.size()));
            from += text.size();
        }
        return apart;
    }
}
