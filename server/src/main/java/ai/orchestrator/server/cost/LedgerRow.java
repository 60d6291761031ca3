package ai.orchestrator.server.cost;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One booked call of a model.
 *
 * @param cost in US dollars; empty where nobody knows
 * @param estimated whether the call broke off, so that tokens and cost are a guess
 */
record LedgerRow(
        Instant at,
        String requestId,
        String tenant,
        String route,
        String model,
        int promptTokens,
        int completionTokens,
        Optional<BigDecimal> cost,
        boolean estimated) {}
