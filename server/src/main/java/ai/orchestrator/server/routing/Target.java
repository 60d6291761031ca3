package ai.orchestrator.server.routing;

import ai.orchestrator.server.orchestration.ModelName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a rule has answer a request.
 *
 * @param model empty for the one that the client named
 */
record Target(Optional<ModelName> model, List<ModelName> fallbacks, boolean search, Optional<Duration> deadline) {}
