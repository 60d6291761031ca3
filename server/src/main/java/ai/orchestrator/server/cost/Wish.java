package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.ModelInfo;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A model that may be called for an answer.
 *
 * @param most what the answer may cost at most, in US dollars; zero for a model without a price, empty where nobody can say
 */
record Wish(ModelInfo model, Optional<BigDecimal> most) {
    boolean free() {
        return most.filter(amount -> amount.signum() == 0).isPresent();
    }
}
