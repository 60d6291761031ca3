package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.config.MoneyConfig;
import ai.orchestrator.server.orchestration.BudgetCheck;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.RoutePlan;

/** Goes by the same prices and tokens as the ledger. */
public final class RouteBudget implements BudgetCheck {
    private final Prices prices;

    public RouteBudget(MoneyConfig money) {
        this.prices = new Prices(money);
    }

    @Override
    public boolean allows(RoutePlan plan, ModelInfo model, ChatRequest request) {
        return plan.budget()
                .map(limit -> prices.most(model, request, PromptTokens.of(request, request.prompt()))
                        .filter(most -> most.signum() == 0 || most.compareTo(limit) <= 0)
                        .isPresent())
                .orElse(true);
    }
}
