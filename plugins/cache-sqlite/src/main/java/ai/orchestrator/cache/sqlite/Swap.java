package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A file that is to take the place of the one in use: what the writing thread does for a restore. */
final class Swap {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path complete;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private String kept = "";
    private @Nullable PluginFailure refusal;

    /** @param complete a sound file of ours, beside the one in use */
    Swap(Path complete) {
        this.complete = complete;
    }

    Path complete() {
        return complete;
    }

    /** @param name what the file is called now that was in use before */
    void replaced(String name) {
        kept = name;
    }

    /** The file that was in use stays. */
    void refused(PluginFailure why) {
        refusal = why;
    }

    /** True once there is nothing more to do than to open the file again. */
    boolean isDecided() {
        return !kept.isEmpty() || refusal != null;
    }

    /** The file is open again, whichever it is. */
    void opened() {
        PluginFailure failure = refusal;
        if (failure == null) {
            outcome.complete(kept);
        } else {
            outcome.completeExceptionally(failure);
        }
    }

    void failed(PluginFailure failure) {
        outcome.completeExceptionally(failure);
    }

    /** Waits until the new file is open; returns what the one is called that was in use before. */
    String await() {
        try {
            return outcome.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "The cache file is not replaced in time.", e);
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
