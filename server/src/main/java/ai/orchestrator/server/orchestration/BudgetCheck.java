package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.ModelInfo;

/** Tells beforehand which models a route's own budget passes over, as the ledger does when an answer is made. */
@FunctionalInterface
public interface BudgetCheck {
    /** Whether the route lets the model answer the request; what a search would add to the prompt does not count. */
    boolean allows(RoutePlan plan, ModelInfo model, ChatRequest request);
}
