package ai.orchestrator.server.cost;

import ai.orchestrator.server.config.MoneyConfig.Action;
import ai.orchestrator.server.orchestration.AnswerFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * A budget does not allow a model.
 *
 * @param sentence why, for the client
 * @param retryAfter when it may be allowed; empty if never for this request
 */
record Breach(Action action, String sentence, Optional<Duration> retryAfter) {
    AnswerFailure failure() {
        return new AnswerFailure(AnswerFailure.Kind.OVER_BUDGET, sentence, retryAfter);
    }
}
