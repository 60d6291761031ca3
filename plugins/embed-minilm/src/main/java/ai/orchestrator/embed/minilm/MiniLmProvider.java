package ai.orchestrator.embed.minilm;

import ai.orchestrator.embed.minilm.LazyModel.Loaded;
import ai.orchestrator.embed.minilm.WordPieces.Tokens;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.ModelInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Embeds with the model that comes with the plugin. The first request loads it, be it one without texts; it stays loaded until
 * the provider is closed.
 */
final class MiniLmProvider implements EmbeddingProvider {
    private final Semaphore places;
    private final ModelThreads threads;
    private final LazyModel model;

    MiniLmProvider(String name, Path scratch, int threads, int queue) {
        this.places = new Semaphore(queue);
        this.threads = new ModelThreads(name, threads);
        this.model = new LazyModel(name, scratch, this.threads);
    }

    @Override
    public List<ModelInfo> models() {
        return List.of(MiniLm.INFO);
    }

    @Override
    public Health health() {
        return model.health();
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        if (!request.model().equals(MiniLm.INFO.name())) {
            throw new PluginFailure.Permanent(
                    FailureCode.NOT_FOUND, "no embedding model is called '" + request.model() + "'");
        }
        if (!places.tryAcquire()) {
            throw new PluginFailure.Retriable(
                    FailureCode.OVERLOADED, "too many requests are waiting for the embedding model");
        }
        try {
            return embedAtOnce(request);
        } finally {
            places.release();
        }
    }

    private EmbeddingResult embedAtOnce(EmbeddingRequest request) {
        long start = System.nanoTime();
        Loaded loaded = model.get();
        Duration load = Duration.ofNanos(System.nanoTime() - start);
        List<long[]> texts = new ArrayList<>();
        int count = 0;
        for (String text : request.texts()) {
            Tokens tokens = loaded.pieces().tokens(text, MiniLm.CONTEXT_LENGTH);
            if (tokens.cut() && !request.truncate()) {
                throw new PluginFailure.Permanent(
                        FailureCode.CONTEXT_LENGTH, "the input length exceeds the context length");
            }
            texts.add(tokens.ids());
            count += tokens.ids().length;
        }
        return new EmbeddingResult(vectors(loaded.model(), texts), count, load);
    }

    /** Keeps as many texts under way as there are threads: a long list is no further ahead in the queue than a single text. */
    private List<float[]> vectors(BertModel loaded, List<long[]> texts) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        Queue<Future<float[]>> underWay = new ArrayDeque<>();
        for (long[] tokens : texts) {
            if (underWay.size() == threads.count()) {
                vectors.add(ModelThreads.await(underWay.remove()));
            }
            underWay.add(threads.start(() -> loaded.embed(tokens)));
        }
        for (Future<float[]> last : underWay) {
            vectors.add(ModelThreads.await(last));
        }
        return List.copyOf(vectors);
    }

    @Override
    public void close() {
        threads.close();
        model.close();
    }
}
