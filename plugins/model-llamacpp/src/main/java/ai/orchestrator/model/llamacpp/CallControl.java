package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;

/** Lets one call be stopped from outside, whatever it waits for: because its receiver has left, or its time is up. */
final class CallControl {
    private enum State {
        RUNNING,
        CANCELLED,
        TIMED_OUT
    }

    private State state = State.RUNNING;
    private Runnable action = () -> {};

    void cancel() {
        stop(State.CANCELLED);
    }

    void timeOut() {
        stop(State.TIMED_OUT);
    }

    /** Has {@code next} run when the call is stopped, at once if it is already; instead of what was set before. */
    void onStop(Runnable next) {
        synchronized (this) {
            action = next;
            if (state == State.RUNNING) {
                return;
            }
        }
        next.run();
    }

    /**
     * Goes on if nobody has stopped the call.
     *
     * @throws PluginFailure if it was stopped
     */
    synchronized void check() {
        switch (state) {
            case RUNNING -> {}
            case CANCELLED -> throw new PluginFailure.Cancelled();
            case TIMED_OUT ->
                throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "the model did not answer within the deadline");
        }
    }

    private void stop(State why) {
        Runnable due;
        synchronized (this) {
            if (state != State.RUNNING) {
                return;
            }
            state = why;
            due = action;
        }
        due.run();
    }
}
