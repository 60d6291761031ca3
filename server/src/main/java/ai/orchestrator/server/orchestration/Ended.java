package ai.orchestrator.server.orchestration;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a fresh answer when it is complete, whoever it is sent to.
 *
 * @param cost in US dollars; empty where nobody knows
 * @param outside the time spent waiting for models
 */
record Ended(Optional<BigDecimal> cost, Duration outside) {}
