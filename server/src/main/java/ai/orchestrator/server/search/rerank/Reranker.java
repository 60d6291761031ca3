package ai.orchestrator.server.search.rerank;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.TextEmbedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders candidates by three things: how they ranked before, their words, and their meaning, each brought to 0 to 1 over the candidates and
 * weighed. Where no vector is had in time, the first two decide.
 */
public final class Reranker {
    private static final Logger LOG = LoggerFactory.getLogger(Reranker.class);

    /** Found to rank best on two public collections; docs/search.md has the figures. */
    static final Weights WEIGHTS = new Weights(0.5, 0.1, 0.4);

    private final Optional<TextEmbedder> embedder;
    private final Weights weights;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("rerank-", 0).factory());

    /** What counts how much. */
    record Weights(double prior, double words, double meaning) {}

    /** @param embedder makes the vectors; without one, meaning does not count */
    public Reranker(Optional<TextEmbedder> embedder) {
        this(embedder, WEIGHTS);
    }

    Reranker(Optional<TextEmbedder> embedder, Weights weights) {
        this.embedder = embedder;
        this.weights = weights;
    }

    /**
     * All candidates, the best first.
     *
     * @param within how long vectors may take to come
     */
    public List<Rank> rank(String query, List<Candidate> candidates, Duration within) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        double[] prior =
                spread(candidates.stream().mapToDouble(Candidate::prior).toArray());
        double[] words = spread(
                WordScores.of(query, candidates.stream().map(Candidate::text).toList()));
        Optional<double[]> cosines = cosines(query, candidates, within);
        double[] meaning = cosines.map(Reranker::spread).orElseGet(() -> new double[candidates.size()]);
        double all = weights.prior() + weights.words() + (cosines.isPresent() ? weights.meaning() : 0);
        return IntStream.range(0, candidates.size())
                .mapToObj(i -> new Rank(
                        i,
                        (weights.prior() * prior[i] + weights.words() * words[i] + weights.meaning() * meaning[i])
                                / all,
                        words[i],
                        cosines.map(each -> OptionalDouble.of(each[i])).orElse(OptionalDouble.empty())))
                .sorted(Comparator.comparingDouble(Rank::score).reversed())
                .toList();
    }

    private Optional<double[]> cosines(String query, List<Candidate> candidates, Duration within) {
        if (embedder.isEmpty()) {
            return Optional.empty();
        }
        Future<double[]> made = threads.submit(() -> cosines(embedder.get(), query, candidates));
        try {
            return Optional.of(made.get(within.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            made.cancel(true);
            LOG.debug("results are ranked without their meaning: no vectors within {} ms", within.toMillis());
            return Optional.empty();
        } catch (ExecutionException e) {
            tell(Objects.requireNonNullElse(e.getCause(), e));
            return Optional.empty();
        } catch (InterruptedException e) {
            made.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void tell(Throwable cause) {
        if (cause instanceof PluginFailure failure) {
            LOG.debug("results are ranked without their meaning: {}", failure.getMessage());
        } else {
            LOG.error("results could not be compared by their meaning", cause);
        }
    }

    private static double[] cosines(TextEmbedder embedder, String query, List<Candidate> candidates) {
        List<String> texts = new ArrayList<>(List.of(query));
        candidates.stream()
                .filter(candidate -> candidate.vector().isEmpty())
                .map(Candidate::text)
                .forEach(texts::add);
        List<float[]> vectors = embedder.embed(texts);
        float[] asked = vectors.getFirst();
        int next = 1;
        double[] cosines = new double[candidates.size()];
        for (int i = 0; i < cosines.length; i++) {
            Optional<float[]> kept = candidates.get(i).vector();
            cosines[i] = product(asked, kept.isPresent() ? kept.get() : vectors.get(next++));
        }
        return cosines;
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** Brought to 0 to 1; all 1 where they are equal. */
    private static double[] spread(double[] numbers) {
        double least = DoubleStream.of(numbers).min().orElse(0);
        double most = DoubleStream.of(numbers).max().orElse(0);
        return Arrays.stream(numbers)
                .map(number -> most > least ? (number - least) / (most - least) : 1)
                .toArray();
    }
}
