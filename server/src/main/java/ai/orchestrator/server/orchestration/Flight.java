package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One answer in the making, and everybody who follows it. The producer appends; each follower reads from the beginning at its own
 * pace, so that one who joins late misses nothing. When the last follower leaves, the producer is cancelled.
 */
final class Flight implements ModelEvents {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ModelEvent> events = new ArrayList<>();
    private final AtomicReference<Runnable> landing = new AtomicReference<>(() -> {});
    private @Nullable Begun begun;
    private @Nullable Ended end;
    private @Nullable RuntimeException failure;
    private @Nullable Runnable cancelAction;
    private int followers;
    private int ticks;
    private boolean cancelled;

    /** Counts one more follower in; false when the flight is past joining. */
    boolean join() {
        lock.lock();
        try {
            if (cancelled || failure != null) {
                return false;
            }
            followers++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Tells what is known before the first piece. */
    void begin(Begun known) {
        change(() -> begun = known);
    }

    @Override
    public void emit(ModelEvent event) {
        change(() -> {
            if (cancelled) {
                throw new PluginFailure.Cancelled();
            }
            events.add(event);
        });
    }

    /** Stops the producer where nobody waits for the answer any more. */
    void requireFollowers() {
        change(() -> {
            if (cancelled) {
                throw new PluginFailure.Cancelled();
            }
        });
    }

    @Override
    public void onCancel(Runnable action) {
        boolean now;
        lock.lock();
        try {
            cancelAction = action;
            now = cancelled;
        } finally {
            lock.unlock();
        }
        if (now) {
            action.run();
        }
    }

    /** Wakes the followers, so that those to whom nothing has come look after their clients. */
    void tick() {
        change(() -> ticks++);
    }

    /** Has something done once, before any follower learns of the end. */
    void onLanding(Runnable action) {
        landing.set(action);
    }

    void complete(Ended known) {
        land();
        change(() -> end = known);
    }

    void fail(RuntimeException why) {
        land();
        change(() -> failure = why);
    }

    /** Does what is to be done at the end, if that has not been done yet. */
    void land() {
        landing.getAndSet(() -> {}).run();
    }

    /** All pieces so far. */
    List<ModelEvent> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Passes the answer on to the sink until it is complete; the caller has joined before.
     *
     * @param start what the sink is told before the first piece
     * @return what is known now that it is complete
     */
    Ended follow(AnswerSink sink, Function<Begun, AnswerStart> start) {
        Follower follower = new Follower(sink, start);
        try {
            Ended known = null;
            while (known == null) {
                known = follower.step();
            }
            return known;
        } finally {
            leave();
        }
    }

    /** How far one follower is. A step is a method of its own, so that it is compiled: the loop around it runs but once an answer. */
    private final class Follower {
        private final AnswerSink sink;
        private final Function<Begun, AnswerStart> start;
        private int sent;
        private int tick;
        private boolean started;
        private boolean watched;

        Follower(AnswerSink sink, Function<Begun, AnswerStart> start) {
            this.sink = sink;
            this.start = start;
        }

        /** Passes on what is new, once there is something; returns the end when that has been passed on, too. */
        @Nullable
        Ended step() {
            View view = await(sent, tick);
            if (!started && view.begun != null) {
                sink.start(start.apply(view.begun));
                started = true;
            }
            for (ModelEvent event : view.fresh) {
                sink.event(event);
            }
            sent += view.fresh.size();
            if (view.failure != null) {
                throw view.failure;
            }
            if (view.end == null) {
                lookAfterClient(view);
            }
            return view.end;
        }

        private void lookAfterClient(View view) {
            if (view.ticks > 0 && !watched) {
                // an answer that takes no time is not worth it
                sink.onLeave(Flight.this::tick);
                watched = true;
            } else if (view.fresh.isEmpty()) {
                sink.idle();
            }
            tick = view.ticks;
        }
    }

    private record View(
            @Nullable Begun begun,
            List<ModelEvent> fresh,
            @Nullable Ended end,
            @Nullable RuntimeException failure,
            int ticks) {}

    /**
     * Waits for news after the first {@code sent} events, or for a tick. A wait that ends by itself would take a timer for each piece of the
     * answer, which costs as much as the piece.
     */
    private View await(int sent, int tick) {
        lock.lock();
        try {
            while (events.size() == sent && end == null && failure == null && ticks == tick) {
                changed.await();
            }
            return new View(begun, List.copyOf(events.subList(sent, events.size())), end, failure, ticks);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Cancelled();
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        Runnable action = null;
        lock.lock();
        try {
            followers--;
            if (followers == 0 && end == null && failure == null) {
                cancelled = true;
                action = cancelAction;
            }
        } finally {
            lock.unlock();
        }
        if (action != null) {
            action.run();
        }
    }

    private void change(Runnable update) {
        lock.lock();
        try {
            update.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
