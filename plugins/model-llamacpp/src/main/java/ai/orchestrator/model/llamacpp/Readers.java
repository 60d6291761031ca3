package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Platform threads that read answers while those who asked wait. A virtual thread that waits for a socket is woken by way of two others, for each
 * token and on processors that the engine fills: that cost a twentieth of the engine's speed.
 */
final class Readers implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("llamacpp-reader-", 0).factory());

    /**
     * Has an answer read to its end, and waits for that.
     *
     * @throws PluginFailure as {@code reading} does, and if the caller is interrupted, which stops the call
     */
    void run(CallControl control, Runnable reading) {
        try {
            threads.submit(reading).get();
        } catch (RejectedExecutionException e) {
            throw new PluginFailure.Retriable(
                    FailureCode.BROKEN_OFF, "the answer broke off: the model's process has been ended", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            control.cancel();
            Thread.currentThread().interrupt();
            throw new PluginFailure.Cancelled();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
