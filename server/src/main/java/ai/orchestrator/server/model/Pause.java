package ai.orchestrator.server.model;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvents;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wait before a call is made again, which a client's leaving ends. */
final class Pause {
    private Pause() {}

    /** @throws PluginFailure.Cancelled if nobody waits for the answer any more */
    static void of(Duration time, ModelEvents events) {
        CountDownLatch left = new CountDownLatch(1);
        events.onCancel(left::countDown);
        try {
            if (left.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new PluginFailure.Cancelled();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Cancelled();
        }
    }
}
