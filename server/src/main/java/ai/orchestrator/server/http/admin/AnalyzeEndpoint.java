package ai.orchestrator.server.http.admin;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.ollama.ChatReader;
import ai.orchestrator.server.http.ollama.MessageReader;
import ai.orchestrator.server.orchestration.BudgetCheck;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.Questions;
import ai.orchestrator.server.orchestration.RoutePlan;
import ai.orchestrator.server.orchestration.RoutingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code POST /api/analyze}: tells how a request would be answered, and why, without answering it. */
public final class AnalyzeEndpoint implements Endpoint {
    private final ComplexityClassifier classifier;
    private final Supplier<? extends RoutingRules> rulesInForce;
    private final ModelCatalog catalog;
    private final BudgetCheck budget;
    private final long maxBodyBytes;

    public AnalyzeEndpoint(
            ComplexityClassifier classifier,
            Supplier<? extends RoutingRules> rules,
            ModelCatalog catalog,
            BudgetCheck budget,
            long maxBodyBytes) {
        this.classifier = classifier;
        this.rulesInForce = rules;
        this.catalog = catalog;
        this.budget = budget;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("");
        String given = body.text("model");
        String model = given.isEmpty() ? ModelName.AUTO : given;
        if (ModelName.parse(model).isEmpty()) {
            throw HttpProblem.badRequest("invalid model name");
        }
        ChatRequest request = ChatReader.read(body, model, messages(body))
                .as(exchange.requestId(), exchange.cacheControl(), exchange.caller());
        RoutingRules rules = rulesInForce.get();
        Classification classification = classifier.classify(Questions.of(request));
        RoutePlan plan = rules.plan(request, Optional.of(classification));
        exchange.sendJson(JsonText.of(new Analysis(
                request,
                classification,
                rules.explain(request, Optional.of(classification)),
                plan,
                rules.policy(request),
                catalog,
                budget)));
    }

    private static List<Message> messages(JsonObject body) {
        List<Message> messages = new ArrayList<>();
        if (!body.text("system").isEmpty()) {
            messages.add(Message.of("system", body.text("system")));
        }
        String prompt = body.text("prompt");
        List<Message> given = MessageReader.messages(body);
        if (prompt.isBlank() == given.isEmpty()) {
            throw HttpProblem.badRequest("give either a 'prompt' or 'messages'");
        }
        messages.addAll(given);
        if (!prompt.isBlank()) {
            messages.add(Message.of("user", prompt));
        }
        return messages;
    }
}
