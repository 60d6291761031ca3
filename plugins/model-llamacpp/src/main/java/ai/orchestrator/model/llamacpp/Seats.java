package ai.orchestrator.model.llamacpp;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A seat for every model that was asked for, by its place, and who of them has to go when another needs the room. Guarded by the pool's lock. */
final class Seats {
    private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

    private final LlamaCppSettings settings;
    private final InstantSource clock;
    private final Map<String, Seat> seats = new LinkedHashMap<>();

    Seats(LlamaCppSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The seat of a model, which is made where there is none. */
    Seat of(ModelFile model) {
        return seats.computeIfAbsent(model.place(), absent -> new Seat(settings.keepAlive(), clock));
    }

    /**
     * The seat of a model.
     *
     * @param place of the model, where it is still on offer
     */
    Optional<Seat> find(String name, Optional<String> place) {
        return place.map(seats::get).or(() -> seats.values().stream()
                .filter(seat -> seat.name().equals(name))
                .findFirst());
    }

    List<Seat> all() {
        return List.copyOf(seats.values());
    }

    /** How many models are being loaded. */
    int loading() {
        return (int) seats.values().stream().filter(seat -> seat.loading).count();
    }

    /** Forgets a seat that nobody needs to know of any more. */
    void forgetIfUnused(Seat seat) {
        if (seat.isForgettable()) {
            seats.values().remove(seat);
        }
    }

    /**
     * Takes away the workers that have to be ended before a model can be loaded: its own one, and where too many others are loaded, the one
     * that was used least recently. If that one is busy it lets nobody in any more, and the result is empty: try again when something has
     * changed.
     */
    Optional<List<ModelProcess>> makeRoomFor(Seat seat) {
        List<ModelProcess> gone = new ArrayList<>();
        List<Seat> others = seats.values().stream()
                .filter(other -> other != seat && (other.worker != null || other.loading))
                .toList();
        if (others.size() >= settings.maxLoaded()) {
            Optional<Seat> found = victim(others);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Seat victim = found.get();
            if (!victim.isIdle()) {
                victim.draining = true;
                return Optional.empty();
            }
            LOG.info("Unloading {} to make room for another", victim.name());
            victim.vacate().ifPresent(gone::add);
        }
        seat.vacate().ifPresent(gone::add);
        return Optional.of(gone);
    }

    /** An idle one rather than a busy one, and of these one that is on its way out already. */
    private static Optional<Seat> victim(List<Seat> others) {
        return others.stream()
                .filter(other -> other.worker != null)
                .min(Comparator.comparing((Seat other) -> !other.isIdle())
                        .thenComparing(other -> !other.draining)
                        .thenComparingLong(other -> other.lastUsedNanos));
    }
}
