package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.Seat.Ticket;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads models, shares them out among requests, and unloads them. One lock guards all of it; processes are started and ended without it.
 *
 * <p>Who asks for a model waits in that model's queue until he is first and there is room. The first one also has the model loaded where it
 * is not, or not with enough context.
 */
final class WorkerPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

    private final LlamaCppSettings settings;
    private final ModelLoader loader;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Seats seats;
    private final Departures departures;
    private int waiting;
    private boolean closed;

    WorkerPool(LlamaCppSettings settings, ModelLoader loader, ScheduledExecutorService timer, InstantSource clock) {
        this.settings = settings;
        this.loader = loader;
        this.seats = new Seats(settings, clock);
        this.departures = new Departures(seats, new IdleTimer(timer, this::endIdle));
    }

    /** A place in a model's worker, to be given back by {@link #close}. */
    final class Lease implements AutoCloseable {
        private final Seat seat;
        private final ModelProcess worker;
        private final Duration keepAlive;

        private Lease(Seat seat, ModelProcess worker, Duration keepAlive) {
            this.seat = seat;
            this.worker = worker;
            this.keepAlive = keepAlive;
        }

        ModelProcess worker() {
            return worker;
        }

        @Override
        public void close() {
            release(this);
        }
    }

    /**
     * Waits for a place in a model's worker, and has the model loaded if need be.
     *
     * @param context how much context the request needs, if it says
     * @param keepAlive how long the model stays loaded afterwards, if the request says
     * @throws PluginFailure if there are too many who wait, the model cannot be loaded, or the call is stopped
     */
    Lease acquire(ModelFile model, Optional<Integer> context, Optional<Duration> keepAlive, CallControl control) {
        Ticket ticket = new Ticket(model, settings.contextFor(model, context));
        lock.lock();
        try {
            // whom a model is being loaded for does not wait for others
            if (waiting - seats.loading() >= settings.maxQueue()) {
                throw new PluginFailure.Retriable(
                        FailureCode.OVERLOADED, "server busy, please try again.  maximum pending requests exceeded");
            }
            Seat seat = seats.of(model);
            seat.queue.addLast(ticket);
            waiting++;
            try {
                control.onStop(this::wake);
                ModelProcess worker = await(seat, ticket, control);
                return new Lease(seat, worker, keepAlive.orElse(settings.keepAlive()));
            } finally {
                waiting--;
                seat.queue.remove(ticket);
                departures.rest(seat);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private ModelProcess await(Seat seat, Ticket ticket, CallControl control) {
        while (true) {
            control.check();
            if (closed) {
                throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "the provider has been closed");
            }
            if (ticket.failure != null) {
                throw ticket.failure;
            }
            if (seat.queue.peekFirst() == ticket) {
                Optional<ModelProcess> worker = tryEnter(seat, ticket);
                if (worker.isPresent()) {
                    return worker.get();
                }
            }
            try {
                changed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PluginFailure.Cancelled();
            }
        }
    }

    private Optional<ModelProcess> tryEnter(Seat seat, Ticket ticket) {
        ModelProcess worker = seat.worker;
        if (worker != null && !worker.child().isAlive()) {
            ended(seat, worker);
        } else if (worker != null && !worker.isReachable()) {
            departures.end(seat);
        }
        if (seat.loading || seat.draining) {
            return Optional.empty();
        }
        if (seat.serves(ticket)) {
            if (seat.active >= settings.parallel()) {
                return Optional.empty();
            }
            seat.enter(ticket);
            return Optional.ofNullable(worker);
        }
        if (seat.active == 0) {
            load(seat, ticket);
        }
        return Optional.empty();
    }

    private void load(Seat seat, Ticket ticket) {
        if (seat.worker == null) {
            seat.refusal(ticket).ifPresent(refusal -> {
                throw refusal;
            });
            Optional<Duration> pause = pauseBefore(seat, ticket);
            if (pause.isPresent()) {
                throw failedTooOften(seat, pause.get());
            }
        }
        Optional<List<ModelProcess>> gone = seats.makeRoomFor(seat);
        if (gone.isEmpty()) {
            return;
        }
        seat.choose(ticket);
        seat.loading = true;
        loader.load(ticket.model, ticket.context, gone.get(), new Arrival(seat));
    }

    /** What comes of loading a model. */
    private final class Arrival implements ModelLoader.Outcome {
        private final Seat seat;

        private Arrival(Seat seat) {
            this.seat = seat;
        }

        @Override
        public void loaded(ModelProcess worker) {
            boolean late = locked(() -> {
                seat.loading = false;
                if (!closed) {
                    seat.keep(settings.keepAlive());
                    seat.occupy(worker);
                    departures.rest(seat);
                }
                return closed;
            });
            if (late) {
                worker.close();
            } else {
                worker.child().onExit(() -> locked(() -> ended(seat, worker)));
            }
        }

        @Override
        public void failed(PluginFailure failure) {
            locked(() -> {
                seat.loading = false;
                if (failure instanceof PluginFailure.Permanent) {
                    seat.refused(failure);
                } else {
                    seat.crashed(failure.getMessage());
                }
                seat.queue.forEach(ticket -> ticket.failure = failure);
                return seat;
            });
        }
    }

    private static Optional<Duration> pauseBefore(Seat seat, Ticket ticket) {
        boolean sameAsFailed = seat.file != null && seat.file.sameFile(ticket.model);
        return sameAsFailed ? seat.pause() : Optional.empty();
    }

    private static PluginFailure failedTooOften(Seat seat, Duration pause) {
        return new PluginFailure.Retriable(
                FailureCode.UNAVAILABLE,
                "model '" + seat.name() + "' failed too often and is tried again in " + Math.max(1, pause.toSeconds())
                        + " s; the last time " + seat.lastFault(),
                pause);
    }

    /** A worker has ended. If it was not told to, the next request gets another one, within the budget. */
    private Seat ended(Seat seat, ModelProcess worker) {
        if (seat.holds(worker)) {
            seat.vacate();
            seat.crashed(worker.child().ending());
            LOG.warn(
                    "{} is gone: {}\n{}",
                    seat.name(),
                    worker.child().ending(),
                    String.join("\n", worker.child().output().lines()));
            Departures.endLater(worker);
        }
        return seat;
    }

    private void release(Lease lease) {
        locked(() -> {
            if (lease.seat.holds(lease.worker)) {
                lease.seat.leave(lease.keepAlive);
                departures.rest(lease.seat);
            }
            return lease;
        });
    }

    /** Unloads a model: at once if it is idle, else as soon as it is. */
    void unload(String name, Optional<String> place) {
        locked(() -> seats.find(name, place).flatMap(departures::take)).ifPresent(ModelProcess::close);
    }

    /** Has models go that are not on offer any more, each as soon as it is idle; see {@link Departures#retire}. */
    void retire(UnaryOperator<Optional<ModelFile>> successor) {
        locked(() -> {
            departures.retire(successor);
            return seats;
        });
    }

    /** Something of every model that was ever asked for, taken in one moment. */
    <T> List<T> survey(Function<Seat, Optional<T>> of) {
        lock.lock();
        try {
            return seats.all().stream().map(of).flatMap(Optional::stream).toList();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        locked(() -> changed);
    }

    private void endIdle() {
        locked(() -> {
            departures.endIdle();
            return seats;
        });
    }

    /** Does something with the lock held, and has those who wait look again. */
    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            T result = action.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Collection<ModelProcess> gone = locked(() -> {
            closed = true;
            List<ModelProcess> workers = new ArrayList<>();
            seats.all().forEach(seat -> seat.vacate().ifPresent(workers::add));
            return workers;
        });
        loader.close();
        gone.forEach(ModelProcess::close);
    }
}
