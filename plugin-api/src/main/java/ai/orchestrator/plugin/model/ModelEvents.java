package ai.orchestrator.plugin.model;

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
}
