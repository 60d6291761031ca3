package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums up how the models are doing. */
final class HealthReport {
    /** How a model is doing. */
    record Standing(String name, Optional<String> engine, boolean loaded, boolean loading, Optional<Duration> pause) {
        static Standing of(Seat seat) {
            ModelProcess worker = seat.worker;
            Optional<String> engine = Optional.ofNullable(worker).map(ModelProcess::engine);
            return new Standing(seat.name(), engine, worker != null, seat.loading, seat.pause());
        }
    }

    private HealthReport() {}

    /**
     * @param standings the models that were asked for
     * @param missing why others are not on offer, by name
     * @param engineFault what is wrong with the engines; empty if nothing is
     */
    static Health of(List<Standing> standings, Map<String, String> missing, String engineFault) {
        List<String> failing = new ArrayList<>();
        List<String> loading = new ArrayList<>();
        List<String> loaded = new ArrayList<>();
        for (Standing standing : standings) {
            if (standing.loaded()) {
                loaded.add(standing.name() + " on " + standing.engine().orElse(""));
            } else if (standing.loading()) {
                loading.add(standing.name());
            }
            standing.pause()
                    .ifPresent(pause -> failing.add(standing.name() + " failed too often and is tried again in "
                            + Math.max(1, pause.toSeconds()) + " s"));
        }
        if (!failing.isEmpty()) {
            String detail = String.join("; ", failing);
            return loaded.isEmpty() ? Health.down(detail) : Health.degraded(detail);
        }
        if (!loading.isEmpty() && loaded.isEmpty()) {
            return Health.starting("loading " + String.join(", ", loading));
        }
        if (!engineFault.isEmpty()) {
            return Health.degraded(engineFault);
        }
        if (!missing.isEmpty()) {
            return Health.degraded(String.join("; ", missing.values()));
        }
        return loaded.isEmpty() ? Health.up() : new Health(Health.State.UP, "loaded: " + String.join(", ", loaded));
    }
}
