package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A change that a caller waits for and the writing thread makes, perhaps in one transaction with others. */
final class Write<T> {
    /** What is to be done, within a transaction. */
    @FunctionalInterface
    interface Action<T> {
        T apply(FileWriter writer) throws SQLException;
    }

    private final Action<T> action;
    private final long bytes;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private @Nullable T uncommitted;

    /** @param bytes about how many bytes it writes or removes */
    Write(Action<T> action, long bytes) {
        this.action = action;
        this.bytes = bytes;
    }

    long bytes() {
        return bytes;
    }

    void apply(FileWriter writer) throws SQLException {
        uncommitted = action.apply(writer);
    }

    void committed() {
        outcome.complete(Objects.requireNonNull(uncommitted));
    }

    void failed(PluginFailure failure) {
        outcome.completeExceptionally(failure);
    }

    /** Waits for the commit. */
    T await(Duration patience) {
        try {
            return outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new PluginFailure.Retriable(
                    FailureCode.TIMEOUT, "The cache file does not take the entry in time.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "The cache file was not waited for to the end.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginFailure failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause()); // nothing else completes it
        }
    }
}
