package ai.orchestrator.server.orchestration;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of an answer after its last piece.
 *
 * @param costUsd what it cost this time, in US dollars: zero for a hit; empty where it is not known
 * @param overhead the time this server took beside the model and the search
 */
public record AnswerEnd(Optional<BigDecimal> costUsd, Duration overhead) {}
