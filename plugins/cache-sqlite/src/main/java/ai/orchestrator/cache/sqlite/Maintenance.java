package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs work that takes long, each piece on a platform thread of its own, since most of it is spent in native code. */
final class Maintenance implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    /** What is to be done, step by step. */
    @FunctionalInterface
    interface Job<T> {
        T run(Steps steps) throws Exception;
    }

    private final Map<Thread, Steps> running = new ConcurrentHashMap<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile boolean closed;

    /** Waits for the work's end, as long as no other piece of this kind is under way. */
    <T> T runAlone(Progress progress, Job<T> job) {
        if (!taken.compareAndSet(false, true)) {
            throw new PluginFailure.Retriable(
                    FailureCode.OVERLOADED, "Another backup, restore or import of the cache is under way.");
        }
        return run(progress, job, () -> taken.set(false));
    }

    /** Waits for the work's end. */
    <T> T run(Progress progress, Job<T> job) {
        return run(progress, job, () -> {});
    }

    private <T> T run(Progress progress, Job<T> job, Runnable atEnd) {
        Steps steps = new Steps(progress);
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("sqlite-cache-maintenance")
                .unstarted(() -> {
                    try {
                        T done = job.run(steps);
                        finish(atEnd);
                        outcome.complete(done);
                    } catch (Throwable e) {
                        finish(atEnd);
                        outcome.completeExceptionally(e);
                    }
                });
        running.put(thread, steps);
        if (closed) {
            steps.stop();
        }
        thread.start();
        return await(outcome, steps);
    }

    private void finish(Runnable atEnd) {
        running.remove(Thread.currentThread());
        atEnd.run();
    }

    private static <T> T await(CompletableFuture<T> outcome, Steps steps) {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            steps.stop();
            Thread.currentThread().interrupt();
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "The cache file was not waited for to the end.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginFailure failure) {
                throw failure;
            }
            throw new PluginFailure.Retriable(FailureCode.INTERNAL, "The work on the cache file broke off.", e);
        }
    }

    /** Ends all work at its next step. */
    @Override
    public void close() {
        closed = true;
        running.values().forEach(Steps::stop);
        try {
            for (Thread thread : running.keySet()) {
                thread.join(CLOSE_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
