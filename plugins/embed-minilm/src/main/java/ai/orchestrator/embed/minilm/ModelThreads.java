package ai.orchestrator.embed.minilm;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The few platform threads that native code runs on: on a virtual thread it would hold up others. */
final class ModelThreads implements AutoCloseable {
    private final ExecutorService pool;
    private final int count;
    private volatile boolean closed;

    ModelThreads(String name, int count) {
        this.pool = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        this.count = count;
    }

    int count() {
        return count;
    }

    /** Starts a call as soon as a thread is free; the caller sees to it that not too many wait. */
    <T> Future<T> start(Callable<T> call) {
        try {
            return pool.submit(() -> {
                if (closed) {
                    throw closedFailure();
                }
                return call.call();
            });
        } catch (RejectedExecutionException e) {
            throw closedFailure();
        }
    }

    /** The outcome of a call; what it threw, if that is no failure yet, becomes one. */
    static <T> T await(Future<T> call) {
        try {
            return call.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginFailure failure) {
                throw failure;
            }
            throw new PluginFailure.Permanent(FailureCode.INTERNAL, "the embedding model failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Cancelled();
        }
    }

    private static PluginFailure closedFailure() {
        return new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "the embedding model was closed");
    }

    /** Waits for the calls in native code, interrupted or not; those that still wait for a thread fail at once. */
    @Override
    public void close() {
        closed = true;
        pool.shutdown();
        boolean interrupted = false;
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
