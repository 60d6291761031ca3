package ai.orchestrator.server.http.admin;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.orchestration.BudgetCheck;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.CheapestFirst;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.RoutePlan;
import ai.orchestrator.server.orchestration.RuleCheck;
import ai.orchestrator.server.orchestration.TokenEstimate;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** How a request would be answered, and why, as {@code POST /api/analyze} tells it. */
record Analysis(
        ChatRequest request,
        Classification classification,
        List<RuleCheck> rules,
        RoutePlan plan,
        RequestPolicy policy,
        ModelCatalog catalog,
        BudgetCheck budget)
        implements JsonText.Writing {
    @Override
    public void to(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", request.model());
        json.writeStringField("complexity", classification.complexity().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("confidence", classification.confidence());
        texts(json, "reasons", classification.reasons());
        json.writeStringField("rule", plan.route());
        plan(json);
        models(json);
        cache(json);
        rules(json);
        json.writeEndObject();
    }

    private void plan(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("plan");
        texts(json, "models", plan.models());
        json.writeBooleanField("search", plan.search());
        json.writeStringField("sources", plan.listSources() ? "list" : "none");
        if (plan.deadline().isPresent()) {
            json.writeNumberField("deadline_ms", plan.deadline().get().toMillis());
        }
        if (plan.budget().isPresent()) {
            json.writeFieldName("budget_usd");
            json.writeNumber(plan.budget().get().stripTrailingZeros().toPlainString());
        }
        json.writeBooleanField("cacheable", policy.cacheable());
        TokenEstimate tokens = TokenEstimate.of(request);
        json.writeNumberField("estimated_prompt_tokens", tokens.prompt());
        json.writeNumberField("estimated_completion_tokens", tokens.completion());
        json.writeEndObject();
    }

    /** The plan's models in the order in which they would be asked, those that are not on offer last. */
    private void models(JsonGenerator json) throws IOException {
        CheapestFirst choice = CheapestFirst.of(request);
        List<ModelInfo> choices = onOffer(plan.choices());
        List<ModelInfo> fallbacks = onOffer(plan.fallbacks());
        json.writeArrayFieldStart("models");
        for (ModelInfo model : choices.size() > 1 ? choice.sort(choices) : choices) {
            model(json, model, choice);
        }
        for (ModelInfo model : fallbacks) {
            if (!choices.contains(model)) {
                model(json, model, choice);
            }
        }
        for (String name : plan.models()) {
            if (catalog.find(name).isEmpty()) {
                json.writeStartObject();
                json.writeStringField("name", name);
                json.writeBooleanField("available", false);
                json.writeStringField("reason", catalog.whyMissing(name).orElse("model '" + name + "' not found"));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private List<ModelInfo> onOffer(List<String> names) {
        return names.stream()
                .map(catalog::find)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private void model(JsonGenerator json, ModelInfo model, CheapestFirst choice) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", model.name());
        json.writeBooleanField("available", true);
        json.writeBooleanField("fits", choice.fits(model));
        if (plan.budget().isPresent()) {
            json.writeBooleanField("within_budget", budget.allows(plan, model, request));
        }
        if (model.remote().isPresent()) {
            json.writeStringField("remote_model", model.remote().get().model());
            json.writeStringField("remote_host", model.remote().get().host());
        }
        if (model.contextLength().isPresent()) {
            json.writeNumberField("context_length", model.contextLength().getAsInt());
        }
        Optional<BigDecimal> cost = choice.cost(model);
        if (cost.isPresent()) {
            json.writeFieldName("estimated_cost_usd");
            json.writeNumber(cost.get().stripTrailingZeros().toPlainString());
        } else {
            json.writeNullField("estimated_cost_usd");
        }
        json.writeEndObject();
    }

    private void cache(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("cache");
        json.writeBooleanField("store", policy.cacheable());
        json.writeStringField("scope", policy.scope().isEmpty() ? "shared" : policy.scope());
        if (policy.ttl().isPresent()) {
            json.writeNumberField("ttl_ms", policy.ttl().get().toMillis());
        }
        json.writeObjectFieldStart("tier_ttl_ms");
        for (var tier : new TreeMap<>(policy.tierTtl()).entrySet()) {
            json.writeNumberField(tier.getKey(), tier.getValue().toMillis());
        }
        json.writeEndObject();
        texts(json, "tags", new TreeSet<>(policy.tags()));
        json.writeEndObject();
    }

    private void rules(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("rules");
        for (RuleCheck rule : rules) {
            json.writeStartObject();
            json.writeStringField("name", rule.rule());
            json.writeBooleanField("matches", rule.matches());
            texts(json, "unmet", rule.unmet());
            json.writeBooleanField("answers", rule.answers());
            json.writeBooleanField("keeps", rule.keeps());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void texts(JsonGenerator json, String name, Iterable<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
