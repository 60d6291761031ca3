package ai.orchestrator.model.llamacpp;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees workers off that are not needed any more; never a busy one. Guarded by the pool's lock; processes are ended without it. */
final class Departures {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private final Seats seats;
    private final IdleTimer idleTimer;

    /** @param idleTimer has {@link #endIdle} called */
    Departures(Seats seats, IdleTimer idleTimer) {
        this.seats = seats;
        this.idleTimer = idleTimer;
    }

    /** Sees to a worker that may have become idle: it goes at once if it has to, or else when its time is up. */
    void rest(Seat seat) {
        if (seat.isIdle() && seat.draining) {
            end(seat);
        } else if (seat.queue.isEmpty()) {
            seat.left().ifPresent(left -> idleTimer.runWithin(left.toNanos()));
        }
        seats.forgetIfUnused(seat);
    }

    /** Ends those whose time is up. */
    void endIdle() {
        for (Seat seat : seats.all()) {
            if (seat.queue.isEmpty()) {
                if (seat.left().filter(left -> !left.isPositive()).isPresent()) {
                    end(seat);
                }
                rest(seat);
            }
        }
    }

    /** Takes a worker away, to be ended by the caller without the lock; empty if there is none, or it is busy and goes later. */
    Optional<ModelProcess> take(Seat seat) {
        if (!seat.isIdle()) {
            seat.draining = seat.worker != null;
            return Optional.empty();
        }
        LOG.info("Unloading {}", seat.name());
        Optional<ModelProcess> gone = seat.vacate();
        seats.forgetIfUnused(seat);
        return gone;
    }

    /**
     * Has workers go whose models are not on offer any more.
     *
     * @param successor the model on offer that a loaded one serves now, by its own name rather than by another; empty for none
     */
    void retire(UnaryOperator<Optional<ModelFile>> successor) {
        for (Seat seat : seats.all()) {
            Optional<ModelFile> file = Optional.ofNullable(seat.file).filter(loaded -> seat.worker != null);
            if (file.isPresent()) {
                successor.apply(file).ifPresentOrElse(next -> seat.file = next, () -> endOrDrain(seat));
            }
        }
    }

    private void endOrDrain(Seat seat) {
        if (seat.queue.isEmpty()) {
            take(seat).ifPresent(Departures::endLater);
        }
    }

    /** Ends a worker, as soon as it is idle. */
    void end(Seat seat) {
        take(seat).ifPresent(Departures::endLater);
    }

    static void endLater(ModelProcess worker) {
        Thread.ofVirtual().name("llamacpp-unload").start(worker::close);
    }
}
