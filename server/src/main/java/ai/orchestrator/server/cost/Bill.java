package ai.orchestrator.server.cost;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a call took.
 *
 * @param cost in US dollars; empty where nobody knows
 * @param estimated whether it is this server's estimate
 */
record Bill(int promptTokens, int completionTokens, Optional<BigDecimal> cost, boolean estimated) {}
