package ai.orchestrator.server.library;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;

/** Takes an answer that nobody reads. */
final class Dropped implements ModelEvents {
    @Override
    public void emit(ModelEvent event) {
        // nobody reads it
    }

    @Override
    public void onCancel(Runnable action) {
        // nobody leaves
    }
}
