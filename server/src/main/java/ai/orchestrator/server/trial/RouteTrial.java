package ai.orchestrator.server.trial;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.orchestration.BudgetCheck;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.CheapestFirst;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.Questions;
import ai.orchestrator.server.orchestration.RoutePlan;
import ai.orchestrator.server.orchestration.RoutingRules;
import ai.orchestrator.server.trial.QueryFile.Query;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries rules on queries, with the classifier and the models as they are. */
public final class RouteTrial {
    private static final Duration PRICES_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final ComplexityClassifier classifier;
    private final ModelCatalog catalog;
    private final BudgetCheck budget;

    public RouteTrial(ComplexityClassifier classifier, ModelCatalog catalog, BudgetCheck budget) {
        this.budget = budget;
        this.classifier = classifier;
        this.catalog = catalog;
    }

    /** One query under each of the rules. */
    public record Tried(Query query, Classification classification, List<Outcome> outcomes) {
        /** Whether the rules differ in what they make of it. */
        public boolean changed() {
            return outcomes.stream().distinct().count() > 1;
        }
    }

    /** What each of these rules makes of the queries. */
    public List<Tried> run(List<Query> queries, List<? extends RoutingRules> rules) {
        awaitPrices(queries, rules);
        List<Tried> tried = new ArrayList<>();
        for (Query query : queries) {
            Classification classification = classifier.classify(Questions.of(query.request()));
            tried.add(new Tried(
                    query,
                    classification,
                    rules.stream()
                            .map(one -> outcome(query.request(), one, classification))
                            .toList()));
        }
        return tried;
    }

    private Outcome outcome(ChatRequest request, RoutingRules rules, Classification classification) {
        boolean stored = rules.policy(request).cacheable();
        RoutePlan plan;
        try {
            plan = rules.plan(request, Optional.of(classification));
        } catch (AnswerFailure e) {
            return new Outcome("", "", false, false, false, stored, Optional.of(BigDecimal.ZERO));
        }
        CheapestFirst choice = CheapestFirst.of(request);
        List<ModelInfo> models = Stream.concat(
                        choice.sort(onOffer(plan.choices())).stream(), onOffer(plan.fallbacks()).stream())
                .toList();
        if (models.isEmpty() || missesCloud(plan)) {
            return notOnOffer(plan, stored);
        }
        boolean planned = budget.allows(plan, models.getFirst(), request);
        return models.stream()
                .filter(model -> budget.allows(plan, model, request))
                .findFirst()
                .map(model -> new Outcome(
                        plan.route(),
                        model.name(),
                        model.remote().isPresent(),
                        plan.search(),
                        plan.listSources(),
                        stored && planned,
                        choice.cost(model)))
                // a model that costs nothing answers instead, or nobody
                .orElseGet(() -> new Outcome(
                        plan.route(),
                        "",
                        false,
                        plan.search(),
                        plan.listSources(),
                        false,
                        Optional.of(BigDecimal.ZERO)));
    }

    /** Whether no choice is on offer now, and the first is one of a cloud: with its key set it would be asked, so the fallback would mislead. */
    private boolean missesCloud(RoutePlan plan) {
        return onOffer(plan.choices()).isEmpty() && ofCloud(plan.choices().getFirst());
    }

    private static Outcome notOnOffer(RoutePlan plan, boolean stored) {
        String model = plan.choices().getFirst();
        boolean cloud = ofCloud(model);
        return new Outcome(
                plan.route(),
                model,
                cloud,
                plan.search(),
                plan.listSources(),
                stored,
                cloud ? Optional.empty() : Optional.of(BigDecimal.ZERO));
    }

    /** Clouds name models by author and name. */
    private static boolean ofCloud(String model) {
        return model.contains("/");
    }

    private List<ModelInfo> onOffer(List<String> names) {
        return names.stream().map(catalog::find).flatMap(Optional::stream).toList();
    }

    /** Lists of prices are fetched in the background; those that rules name are waited for a little. */
    private void awaitPrices(List<Query> queries, List<? extends RoutingRules> rules) {
        List<String> names = queries.stream()
                .flatMap(query -> rules.stream().flatMap(one -> one.reach(query.request()).models().stream()))
                .distinct()
                .toList();
        long end = System.nanoTime() + PRICES_WITHIN.toNanos();
        try {
            while (System.nanoTime() < end && onOffer(names).stream().anyMatch(RouteTrial::priceUnknown)) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean priceUnknown(ModelInfo model) {
        return model.price().filter(price -> price.equals(Price.unknown())).isPresent();
    }
}
