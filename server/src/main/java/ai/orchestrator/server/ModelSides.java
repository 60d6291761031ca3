package ai.orchestrator.server;

import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.cost.LedgerFeedback.ModelOf;
import ai.orchestrator.server.cost.Prices;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.RoutingRules;
import java.util.List;
import java.util.stream.Stream;

/** Which models are for easy questions and which for hard ones, by the rules of now. */
final class ModelSides {
    private ModelSides() {}

    /** The models that easy questions go to and that are on offer, in order. */
    static List<ModelInfo> low(RoutingRules rules, ModelCatalog catalog) {
        return Application.planned(rules, Complexity.LOW).stream()
                .flatMap(name -> catalog.find(name).stream())
                .toList();
    }

    /** Whether a model has a price, or runs elsewhere without being one that easy questions go to. */
    static boolean isStrong(ModelOf answered, RoutingRules rules, ModelCatalog catalog) {
        boolean priced = catalog.find(answered.name())
                .filter(model -> !Prices.isFree(model))
                .isPresent();
        return priced || answered.remote().isPresent() && !isForEasier(answered.name(), rules);
    }

    private static boolean isForEasier(String name, RoutingRules rules) {
        return Stream.of(Complexity.LOW, Complexity.MEDIUM)
                .flatMap(complexity -> Application.planned(rules, complexity).stream())
                .anyMatch(planned -> ModelName.parse(planned)
                        .map(ModelName::full)
                        .equals(ModelName.parse(name).map(ModelName::full)));
    }
}
