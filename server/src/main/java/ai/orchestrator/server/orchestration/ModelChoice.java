package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which models a request may be answered by: those of the rules as the catalog has them. */
final class ModelChoice {
    private final ModelCatalog catalog;

    ModelChoice(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /** What answers the request: the catalog's model of the name that it gives, or what rules have for it. */
    ModelIdentity identify(ChatRequest request, RoutingRules rules) {
        String name = ModelName.parse(request.model())
                .map(ModelName::full)
                .orElseThrow(() -> new AnswerFailure(AnswerFailure.Kind.BAD_MODEL_NAME, "invalid model name"));
        RoutingRules.Reach reach = rules.reach(request);
        Optional<ModelInfo> requested = reach.chosen() ? Optional.empty() : catalog.find(name);
        if (!reach.chosen() && requested.isEmpty()) {
            throw new AnswerFailure(AnswerFailure.Kind.MODEL_NOT_FOUND, "model '" + request.model() + "' not found");
        }
        List<String> digests = new ArrayList<>(reach.digests());
        List<ModelInfo> models = new ArrayList<>();
        for (String model : reach.models()) {
            Optional<ModelInfo> info = model.equals(name) && requested.isPresent() ? requested : catalog.find(model);
            digests.add(info.map(ModelInfo::digest).orElse(""));
            info.ifPresent(models::add);
        }
        return new ModelIdentity(
                requested.map(ModelInfo::name).orElse(name), digests, ModelIdentity.Defaults.common(models));
    }

    /** The plan's models that are on offer, in the order in which they are asked. */
    List<ModelInfo> resolve(RoutePlan plan, ChatRequest request) {
        List<String> missing = new ArrayList<>();
        List<ModelInfo> choices = onOffer(plan.choices(), missing);
        List<ModelInfo> models = choices.size() > 1
                ? new ArrayList<>(CheapestFirst.of(request).sort(choices))
                : new ArrayList<>(choices);
        onOffer(plan.fallbacks(), missing).stream()
                .filter(model -> !models.contains(model))
                .forEach(models::add);
        if (models.isEmpty()) {
            throw new PluginFailure.Permanent(
                    FailureCode.NOT_INSTALLED,
                    "no model of route '" + plan.route() + "' is available: " + String.join("; ", missing));
        }
        return models;
    }

    private List<ModelInfo> onOffer(List<String> names, List<String> missing) {
        List<ModelInfo> models = new ArrayList<>();
        for (String name : names) {
            catalog.find(name)
                    .ifPresentOrElse(
                            models::add,
                            () -> missing.add(catalog.whyMissing(name).orElse("model '" + name + "' not found")));
        }
        return models;
    }
}
