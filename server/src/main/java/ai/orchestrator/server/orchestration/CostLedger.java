package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/** What was spent. Money is set aside before a call and settled after it. */
public interface CostLedger {
    /** Sets aside what an answer of the model may cost. */
    Reservation reserve(ChatRequest request, RoutePlan plan, ModelInfo model);

    /** Money set aside for one call; ends by exactly one of its methods. */
    interface Reservation {
        /** Books what the call cost; returns that, empty where nobody knows. */
        Optional<BigDecimal> settle(Usage usage);

        /** Books a call that broke off by what had come, marked as estimated; nothing if no piece had come. */
        void settleBroken(int pieces);
    }

    /**
     * What an answer of so many tokens would have cost on the High route; empty where its price is not known.
     */
    Optional<BigDecimal> wouldHaveCost(int promptTokens, int completionTokens);
}
