package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers in the making, by request, so that identical requests share one. */
final class InFlight {
    private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);

    private final ConcurrentHashMap<RequestFingerprint, Flight> flights = new ConcurrentHashMap<>();

    /** A place in a flight. */
    record Seat(Flight flight, boolean joined) {}

    /**
     * Joins the flight of an identical request, or starts one that others may join.
     *
     * @param producer makes the answer, on a thread of its own; its exception becomes the flight's failure
     */
    Seat join(RequestFingerprint fingerprint, Consumer<Flight> producer) {
        while (true) {
            Flight fresh = new Flight();
            Flight flight = flights.computeIfAbsent(fingerprint, ignored -> fresh);
            if (flight == fresh) {
                fresh.join();
                start(fresh, producer, () -> flights.remove(fingerprint, fresh));
                return new Seat(fresh, false);
            }
            if (flight.join()) {
                return new Seat(flight, true);
            }
            flights.remove(fingerprint, flight);
        }
    }

    /** Starts a flight that nobody else joins. */
    Seat alone(Consumer<Flight> producer) {
        Flight flight = new Flight();
        flight.join();
        start(flight, producer, () -> {});
        return new Seat(flight, false);
    }

    /** How many answers are in the making for others to join. */
    int size() {
        return flights.size();
    }

    private static void start(Flight flight, Consumer<Flight> producer, Runnable after) {
        Thread.ofVirtual().name("answer").start(() -> {
            try {
                producer.accept(flight);
            } catch (PluginFailure | AnswerFailure e) {
                flight.fail(e);
            } catch (RuntimeException | Error e) {
                LOG.error("a request failed by a fault of this server", e);
                flight.fail(new PluginFailure.Permanent(FailureCode.INTERNAL, "internal error"));
            } finally {
                after.run();
            }
        });
    }
}
