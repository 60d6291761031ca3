package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers in the making, by request, so that identical requests share one. */
final class InFlight {
    private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);

    /** From when on it is watched whether the client of an answer is still there. */
    private static final Duration FIRST_TICK = Duration.ofMillis(200);

    /** After how long without a piece a client is given a sign of life. */
    private static final Duration TICK = Duration.ofSeconds(5);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ConcurrentHashMap<RequestFingerprint, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicLong landed = new AtomicLong();
    private final Semaphore free;

    /** @param most how many answers may be in the making at once, those that wait for a model included */
    InFlight(int most) {
        free = new Semaphore(most);
    }

    /** A place in a flight. */
    record Seat(Flight flight, boolean joined) {}

    /** How many flights that others could join have landed so far. */
    long landed() {
        return landed.get();
    }

    /**
     * Joins the flight of an identical request, or starts one that others may join.
     *
     * @param landedBefore what {@link #landed} was before the caller looked for a stored answer
     * @param producer makes the answer, on a thread of its own; its exception becomes the flight's failure
     * @throws PluginFailure if too many answers are in the making to start another one
     * @return empty if there is no flight, but one has landed since: its answer may be the one, so the caller looks again
     */
    Optional<Seat> join(RequestFingerprint fingerprint, long landedBefore, Consumer<Flight> producer) {
        while (true) {
            Flight fresh = new Flight();
            fresh.join();
            Flight flight = flights.computeIfAbsent(fingerprint, ignored -> {
                if (landed.get() != landedBefore) {
                    return null;
                }
                takePlace();
                return fresh;
            });
            if (flight == null) {
                return Optional.empty();
            }
            if (flight == fresh) {
                start(fresh, producer, () -> {
                    landed.incrementAndGet(); // before it is gone: whoever does not find it sees that it has landed
                    flights.remove(fingerprint, fresh);
                });
                return Optional.of(new Seat(fresh, false));
            }
            if (flight.join()) {
                return Optional.of(new Seat(flight, true));
            }
            flights.remove(fingerprint, flight);
        }
    }

    /**
     * Starts a flight that nobody else joins.
     *
     * @throws PluginFailure as {@link #join}
     */
    Seat alone(Consumer<Flight> producer) {
        takePlace();
        Flight flight = new Flight();
        flight.join();
        start(flight, producer, () -> {});
        return new Seat(flight, false);
    }

    private void takePlace() {
        if (!free.tryAcquire()) {
            throw new PluginFailure.Retriable(
                    FailureCode.OVERLOADED, "server busy, please try again.  maximum pending requests exceeded", RETRY);
        }
    }

    /**
     * Starts a flight.
     *
     * @param landing what is done before any follower learns of the end, so that a client's next request never meets the flight of its last one
     */
    private void start(Flight flight, Consumer<Flight> producer, Runnable landing) {
        flight.onLanding(() -> {
            free.release();
            landing.run();
        });
        Thread.ofVirtual().name("answer").start(() -> {
            Future<?> ticking = ForkJoinPool.commonPool()
                    .scheduleAtFixedRate(flight::tick, FIRST_TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
            try {
                producer.accept(flight);
            } catch (PluginFailure | AnswerFailure e) {
                flight.fail(e);
            } catch (RuntimeException | Error e) {
                LOG.error("a request failed by a fault of this server", e);
                flight.fail(new PluginFailure.Permanent(FailureCode.INTERNAL, "internal error"));
            } finally {
                ticking.cancel(false);
                flight.land();
            }
        });
    }
}
