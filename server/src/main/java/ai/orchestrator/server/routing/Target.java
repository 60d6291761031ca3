package ai.orchestrator.server.routing;

import ai.orchestrator.server.orchestration.ModelName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a rule has answer a request.
 *
 * @param model empty for the one that the client named
 * @param budget the most that the answer may cost, in US dollars
 */
record Target(
        Optional<ModelName> model,
        List<ModelName> fallbacks,
        boolean search,
        Optional<Duration> deadline,
        Optional<BigDecimal> budget) {}
