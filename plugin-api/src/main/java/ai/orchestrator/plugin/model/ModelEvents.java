package ai.orchestrator.plugin.model;

import java.util.function.Consumer;

/** Takes the pieces of an answer as they come. */
public interface ModelEvents {
    /**
     * Takes the next piece; waits while the receiver is slow.
     *
     * @throws ai.orchestrator.plugin.PluginFailure.Cancelled if nobody wants the answer any more
     */
    void emit(ModelEvent event);

    /**
     * Has {@code action} run, once and on any thread, when nobody wants the answer any more, so that a provider that waits for a far side can
     * stop waiting. Runs it at once if that is so already. A later call replaces the action.
     */
    void onCancel(Runnable action);

    /**
     * Where to tell what this call cost, if the far side does not say so with the answer: because the answer broke off or nobody wanted it any
     * more, or because what it said cannot be. It is asked for before {@link ModelProvider#stream} ends, by return or by throwing, and is then
     * given the usage at most once, at any later time and on any thread. Until then, and for good if that never happens, the host's own
     * estimate stands. A usage without a cost changes nothing.
     */
    default Consumer<Usage> lateBill() {
        return usage -> {};
    }
}
