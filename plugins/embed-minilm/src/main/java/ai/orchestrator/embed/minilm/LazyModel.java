package ai.orchestrator.embed.minilm;

import ai.onnxruntime.OrtException;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model and its tokenizer, loaded when they are first wanted, once for all who want them, and again after a failure. */
final class LazyModel implements AutoCloseable {
    private static final String NOT_LOADED = "the embedding model could not be loaded; the log has the cause";
    private static final Logger LOG = LoggerFactory.getLogger(LazyModel.class);

    record Loaded(BertModel model, WordPieces pieces) {}

    private final String name;
    private final Path scratch;
    private final ModelThreads threads;
    private final Object lock = new Object();
    private @Nullable Future<Loaded> loading;
    private volatile Health health = Health.up();
    /** Only the thread that loads touches it, and one does at a time: the log tells of the first failure in a row. */
    private boolean failed;

    LazyModel(String name, Path scratch, ModelThreads threads) {
        this.name = name;
        this.scratch = scratch;
        this.threads = threads;
    }

    Health health() {
        return health;
    }

    /** Waits until the model is loaded. */
    Loaded get() {
        return ModelThreads.await(loading());
    }

    private Future<Loaded> loading() {
        synchronized (lock) {
            if (loading == null || loading.state() == Future.State.FAILED) {
                loading = threads.start(this::load);
            }
            return loading;
        }
    }

    private Loaded load() {
        health = Health.starting("the embedding model is being loaded");
        long start = System.nanoTime();
        try {
            WordPieces pieces = WordPieces.load();
            Loaded loaded = new Loaded(BertModel.load(NativeRuntime.start(scratch)), pieces);
            health = Health.up();
            failed = false;
            LOG.info(
                    "{}: loaded {} in {} ms",
                    name,
                    MiniLm.INFO.name(),
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
            return loaded;
        } catch (PluginFailure e) {
            throw down(e);
        } catch (IOException e) {
            throw down(new PluginFailure.Retriable(FailureCode.UNAVAILABLE, NOT_LOADED, e));
        } catch (OrtException | RuntimeException | LinkageError e) {
            throw down(new PluginFailure.Permanent(FailureCode.INTERNAL, NOT_LOADED, e));
        }
    }

    private PluginFailure down(PluginFailure failure) {
        health = Health.down(failure.getMessage());
        if (!failed) {
            LOG.warn("{}: {}", name, failure.getMessage(), failure);
        }
        failed = true;
        return failure;
    }

    /** Called when the threads have ended, so that nobody loads or uses the model any more. */
    @Override
    public void close() {
        health = Health.down("the embedding model was closed");
        synchronized (lock) {
            if (loading != null && loading.state() == Future.State.SUCCESS) {
                loading.resultNow().model().close();
            }
        }
    }
}
