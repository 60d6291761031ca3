package ai.orchestrator.server.search.rerank;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.TextEmbedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares texts with a query by their vectors, where those are had in time. */
final class Meanings {
    private static final Logger LOG = LoggerFactory.getLogger(Meanings.class);

    private final Optional<TextEmbedder> embedder;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("meaning-", 0).factory());

    /** @param embedder makes the vectors; without one, there are none */
    Meanings(Optional<TextEmbedder> embedder) {
        this.embedder = embedder;
    }

    /** The cosine of each text's vector and the query's, -1 to 1; empty where they were not had in time. */
    Optional<double[]> cosines(String query, List<Candidate> texts, Duration within) {
        if (embedder.isEmpty() || !within.isPositive()) {
            return Optional.empty();
        }
        Future<double[]> made = threads.submit(() -> cosines(embedder.get(), query, texts));
        try {
            return Optional.of(made.get(within.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            made.cancel(true);
            LOG.debug("texts are ranked without their meaning: no vectors within {} ms", within.toMillis());
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
            LOG.debug("texts are ranked without their meaning: {}", failure.getMessage());
        } else {
            LOG.error("texts could not be compared by their meaning", cause);
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
}
