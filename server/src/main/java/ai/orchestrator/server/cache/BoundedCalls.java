package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Calls a tier on threads of their own, so that nobody waits longer than the deadline whatever the tier does; a call that is given up
 * goes on by itself. Whatever it throws, errors included, comes out as a {@link PluginFailure}.
 */
final class BoundedCalls {
    /** Calls that hang must not pile up. */
    private static final int MOST_AT_ONCE = 256;

    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    /** @throws PluginFailure if there is no answer within the deadline, or the call fails */
    <T> T call(Supplier<T> call, Duration deadline) {
        if (!free.tryAcquire()) {
            throw new PluginFailure.Retriable(FailureCode.OVERLOADED, "too many calls wait for it");
        }
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Thread.ofVirtual().name("cache-lookup").start(() -> {
            try {
                outcome.complete(call.get());
            } catch (RuntimeException | Error e) {
                outcome.completeExceptionally(e);
            } finally {
                free.release();
            }
        });
        return await(outcome, deadline);
    }

    private static <T> T await(CompletableFuture<T> outcome, Duration deadline) {
        try {
            return outcome.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PluginFailure.Retriable(
                    FailureCode.TIMEOUT, "it does not answer within " + deadline.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Cancelled();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private static PluginFailure failure(Throwable cause) {
        return cause instanceof PluginFailure failure
                ? failure
                : new PluginFailure.Retriable(FailureCode.INTERNAL, "it failed with " + cause, cause);
    }
}
