package ai.orchestrator.server.routing;

import ai.orchestrator.server.orchestration.ModelName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a rule has answer a request.
 *
 * @param models the one that answers, or several of which the cheapest does; empty for the one that the client named
 */
record Target(List<ModelName> models, List<ModelName> fallbacks, boolean search, Optional<Duration> deadline) {
    /** Whether the client's own choice stands. */
    boolean asRequested() {
        return models.isEmpty();
    }
}
