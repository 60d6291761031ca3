package ai.orchestrator.server.replay;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.server.harness.ScriptedModels;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A model that says something, waits for leave, and says the rest or fails. */
final class SlowModel implements ScriptedModels.Script {
    static final String EARLY = "Early, ";
    static final String LATE = "then late.";

    private final CountDownLatch leave = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final AtomicReference<PluginFailure> failure = new AtomicReference<>();
    private final boolean silent;

    /** @param silent whether it says nothing before it has leave */
    SlowModel(boolean silent) {
        this.silent = silent;
    }

    @Override
    public void play(ModelRequest request, ModelEvents events) {
        events.onCancel(() -> {
            cancelled.countDown();
            leave.countDown();
        });
        if (!silent) {
            events.emit(new ModelEvent.Text(EARLY));
        }
        await(leave);
        if (failure.get() != null) {
            throw failure.get();
        }
        events.emit(new ModelEvent.Text(LATE));
        events.emit(ScriptedModels.FINISHED);
    }

    void goOn() {
        leave.countDown();
    }

    void fail(PluginFailure why) {
        failure.set(why);
        leave.countDown();
    }

    /** Waits until nobody wants the answer any more. */
    void awaitCancelled() {
        await(cancelled);
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("waited too long");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
