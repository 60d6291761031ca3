package ai.orchestrator.model.openrouter;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Ends a call that nobody wants any more. OpenRouter names a call in its reply's head, and what a call without a name cost cannot be asked for, so
 * that the head is waited for a little.
 */
final class HangUp {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Executor later = CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    private Runnable action = () -> {};
    private boolean named;
    private boolean left;

    /** How the call is ended. */
    synchronized void by(Runnable ending) {
        action = ending;
    }

    /** The reply's head is there. */
    void named() {
        boolean now;
        synchronized (this) {
            named = true;
            now = left;
        }
        if (now) {
            end();
        }
    }

    /** Nobody wants the answer any more. */
    void left() {
        boolean now;
        synchronized (this) {
            left = true;
            now = named;
        }
        if (now) {
            end();
        } else {
            later.execute(this::end);
        }
    }

    private void end() {
        Runnable ending;
        synchronized (this) {
            ending = action;
        }
        ending.run();
    }
}
