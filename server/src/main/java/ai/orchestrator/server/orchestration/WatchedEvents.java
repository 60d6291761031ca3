package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.Usage;
import java.util.function.Consumer;

/** Passes an answer on, and remembers whether it has begun: from then on no other model, and no other prompt, can take its place. */
public final class WatchedEvents implements ModelEvents {
    private final ModelEvents events;
    private boolean begun;

    /** Passes on to {@code events}. */
    public WatchedEvents(ModelEvents events) {
        this.events = events;
    }

    /** Whether the receiver has been given anything. */
    public boolean begun() {
        return begun;
    }

    @Override
    public void emit(ModelEvent event) {
        begun = true;
        events.emit(event);
    }

    @Override
    public void onCancel(Runnable action) {
        events.onCancel(action);
    }

    @Override
    public Consumer<Usage> lateBill() {
        return events.lateBill();
    }
}
