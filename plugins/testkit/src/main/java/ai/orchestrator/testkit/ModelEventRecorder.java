package ai.orchestrator.testkit;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.Usage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A receiver that keeps what it is given, and can lose interest as a client does that hangs up. */
public final class ModelEventRecorder implements ModelEvents {
    private final List<ModelEvent> events = new CopyOnWriteArrayList<>();
    private final List<Usage> lateBills = new CopyOnWriteArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Consumer<ModelEvent> beforeEach;
    private Runnable action = () -> {};
    private boolean cancelled;

    public ModelEventRecorder() {
        this(event -> {});
    }

    /** @param beforeEach sees each piece before it is kept; it may wait, or throw as the host does */
    public ModelEventRecorder(Consumer<ModelEvent> beforeEach) {
        this.beforeEach = beforeEach;
    }

    @Override
    public void emit(ModelEvent event) {
        threads.add(Thread.currentThread());
        throwIfCancelled();
        beforeEach.accept(event);
        throwIfCancelled();
        events.add(event);
    }

    @Override
    public void onCancel(Runnable newAction) {
        synchronized (this) {
            action = newAction;
            if (!cancelled) {
                return;
            }
        }
        newAction.run();
    }

    @Override
    public Consumer<Usage> lateBill() {
        return lateBills::add;
    }

    /** Nobody wants the answer any more: every later {@link #emit} throws. */
    public void cancel() {
        Runnable due;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = action;
        }
        due.run();
    }

    /** What was emitted so far. */
    public List<ModelEvent> events() {
        return List.copyOf(events);
    }

    /** The answer's text so far. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (ModelEvent event : events) {
            if (event instanceof ModelEvent.Text(String piece, var _)) {
                text.append(piece);
            }
        }
        return text.toString();
    }

    /** The end of the answer; an assertion fails if it has none. */
    public ModelEvent.Finished finished() {
        if (events.isEmpty() || !(events.getLast() instanceof ModelEvent.Finished finished)) {
            throw new AssertionError("the answer has no end: " + events);
        }
        return finished;
    }

    /** What was told later that the call took. */
    public List<Usage> lateBills() {
        return List.copyOf(lateBills);
    }

    /** The threads that emitted. */
    public Set<Thread> threads() {
        return Set.copyOf(threads);
    }

    private synchronized void throwIfCancelled() {
        if (cancelled) {
            throw new PluginFailure.Cancelled();
        }
    }
}
