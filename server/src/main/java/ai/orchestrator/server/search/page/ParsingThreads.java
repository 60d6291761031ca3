package ai.orchestrator.server.search.page;

import ai.orchestrator.server.web.PageFailure;
import ai.orchestrator.server.web.PageFailure.Kind;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Parses what strangers wrote on threads of the system, two at once: on virtual ones, three odd pages would keep all processors from everybody
 * else. What does not come to an end in time is interrupted and no longer waited for; if it does not heed that, it keeps its thread.
 */
final class ParsingThreads {
    private static final int AT_ONCE = 2;

    private final String name;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** @param name of the threads */
    ParsingThreads(String name) {
        this.name = name;
    }

    /**
     * What comes of the work.
     *
     * @throws PageFailure if there is no turn for it, or no end of it, in time
     * @throws ExecutionException if it throws anything
     */
    <T> T run(Callable<T> work, Duration within) throws ExecutionException {
        long end = System.nanoTime() + within.toNanos();
        try {
            if (!turns.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new PageFailure(Kind.TIMEOUT, "Too many pages are being read at once.");
            }
            FutureTask<T> task = new FutureTask<>(() -> {
                try {
                    return work.call();
                } finally {
                    turns.release();
                }
            });
            Thread thread = Thread.ofPlatform().daemon().name(name).start(task);
            try {
                return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } finally {
                thread.interrupt();
            }
        } catch (TimeoutException e) {
            throw new PageFailure(Kind.TIMEOUT, "The page could not be read in time.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PageFailure(Kind.CANCELLED, "The page is no longer waited for.");
        }
    }
}
