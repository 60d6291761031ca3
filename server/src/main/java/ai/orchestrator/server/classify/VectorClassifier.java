package ai.orchestrator.server.classify;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.Question;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.server.embed.UnitVectors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a classifier the vector that it asks for with each question. A vector that fails, or does not come in time, is done without: a question is
 * never held up by one. Closes nothing: classifier and provider are of others.
 */
public final class VectorClassifier implements ComplexityClassifier {
    /** Some times what a vector takes, and nothing beside what an answer takes. The first one, for which the model is loaded, takes longer. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private static final Logger log = LoggerFactory.getLogger(VectorClassifier.class);

    private final ComplexityClassifier classifier;
    private final UnitVectors vectors;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private VectorClassifier(ComplexityClassifier classifier, UnitVectors vectors) {
        this.classifier = classifier;
        this.vectors = vectors;
    }

    /** The classifier, with vectors if it asks for some and a provider has them. */
    public static ComplexityClassifier of(ComplexityClassifier classifier, List<EmbeddingProvider> providers) {
        Optional<String> model = classifier.embeddingModel();
        if (model.isEmpty()) {
            return classifier;
        }
        Optional<UnitVectors> vectors = UnitVectors.find(model.get(), providers, UnitVectors.Reading.QUESTION);
        if (vectors.isEmpty()) {
            log.info(
                    "classifier: no embedding model '{}' is configured, so it classifies by the text alone",
                    model.get());
            return classifier;
        }
        return new VectorClassifier(classifier, vectors.get());
    }

    @Override
    public Classification classify(Question question) {
        return vector(question.text())
                .map(vector -> classifier.classify(question, vector))
                .orElseGet(() -> classifier.classify(question));
    }

    @Override
    public Health health() {
        return classifier.health();
    }

    private Optional<float[]> vector(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        Future<List<float[]>> coming = threads.submit(() -> vectors.embed(List.of(text)));
        try {
            return Optional.of(
                    coming.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).getFirst());
        } catch (TimeoutException | ExecutionException e) {
            log.debug("classifier: a question goes without its vector: {}", e.toString());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
