package ai.orchestrator.server.http.admin;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.Questions;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.RoutePlan;
import ai.orchestrator.server.orchestration.RoutingRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/analyze}: how a query would be answered, without answering it. */
final class AnalyzeEndpoint implements Endpoint {
    private final RoutingRules rules;
    private final ComplexityClassifier classifier;
    private final long maxBody;

    AnalyzeEndpoint(RoutingRules rules, ComplexityClassifier classifier, long maxBody) {
        this.rules = rules;
        this.classifier = classifier;
        this.maxBody = maxBody;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBody).members();
        String model = body.has("model") ? body.text("model") : "auto";
        if (ModelName.parse(model).isEmpty()) {
            throw HttpProblem.badRequest("invalid model name");
        }
        ChatRequest request = ChatRequest.of(exchange.requestId(), model, new Prompt.Chat(messages(body)))
                .withCaller(exchange.caller());
        Classification classification = classifier.classify(Questions.of(request));
        RoutePlan plan =
                rules.plan(request, rules.needsComplexity(request) ? Optional.of(classification) : Optional.empty());
        exchange.sendJson(JsonTree.of(reply(classification, plan, rules.policy(request))));
    }

    private static List<Message> messages(JsonObject body) {
        List<Message> messages = new ArrayList<>();
        if (!body.text("system").isEmpty()) {
            messages.add(Message.of("system", body.text("system")));
        }
        if (body.has("prompt") == body.has("messages")) {
            throw HttpProblem.badRequest("either 'prompt' or 'messages' is required");
        }
        if (body.has("prompt")) {
            messages.add(Message.of("user", body.text("prompt")));
        }
        for (JsonObject message : body.objects("messages")) {
            messages.add(Message.of(message.text("role").toLowerCase(Locale.ROOT), message.text("content")));
        }
        return messages;
    }

    private static Map<String, Object> reply(Classification classification, RoutePlan plan, RequestPolicy policy) {
        Map<String, Object> planned = new LinkedHashMap<>();
        planned.put("models", plan.models());
        planned.put("search", plan.search());
        plan.deadline().ifPresent(deadline -> planned.put("deadline_ms", deadline.toMillis()));
        planned.put("cacheable", policy.cacheable());

        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("complexity", classification.complexity().name().toLowerCase(Locale.ROOT));
        reply.put("confidence", BigDecimal.valueOf(classification.confidence()).setScale(3, RoundingMode.HALF_UP));
        reply.put("reasons", classification.reasons());
        reply.put("route", plan.route());
        reply.put("plan", planned);
        return reply;
    }
}
