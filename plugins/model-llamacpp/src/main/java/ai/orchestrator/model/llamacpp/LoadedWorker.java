package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.LoadedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A loaded model at one moment.
 *
 * @param left how long it stays if it is not used; empty for ever
 */
record LoadedWorker(ModelFile file, ModelProcess worker, int context, Optional<Duration> left) {
    static Optional<LoadedWorker> of(Seat seat) {
        ModelFile file = seat.file;
        ModelProcess worker = seat.worker;
        if (file == null || worker == null) {
            return Optional.empty();
        }
        Optional<Duration> left = seat.keepAlive().isNegative()
                ? Optional.empty()
                : Optional.of(seat.left().orElse(seat.keepAlive()));
        return Optional.of(new LoadedWorker(file, worker, seat.context, left));
    }

    /** For the host; where the system does not tell what a process holds, the file's size stands in for it. */
    LoadedModel model() {
        return new LoadedModel(
                file.name(),
                worker.engine(),
                worker.child().residentBytes().orElse(file.size()),
                context,
                left.map(time -> Instant.now().plus(time.isNegative() ? Duration.ZERO : time)));
    }
}
