package ai.orchestrator.server.http.admin;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.ollama.MessageReader;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.Questions;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.RoutePlan;
import ai.orchestrator.server.orchestration.RoutingRules;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code POST /api/analyze}: tells how a request would be answered, and why, without answering it. */
final class AnalyzeEndpoint implements Endpoint {
    private final ComplexityClassifier classifier;
    private final RoutingRules rules;
    private final long maxBodyBytes;

    AnalyzeEndpoint(ComplexityClassifier classifier, RoutingRules rules, long maxBodyBytes) {
        this.classifier = classifier;
        this.rules = rules;
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
        ChatRequest request = ChatRequest.of(exchange.requestId(), model, new Prompt.Chat(messages(body)))
                .withCaller(exchange.caller());
        Classification classification = classifier.classify(Questions.of(request));
        RoutePlan plan = rules.plan(request, Optional.of(classification));
        RequestPolicy policy = rules.policy(request);
        exchange.sendJson(JsonText.of(json -> write(json, request, classification, plan, policy)));
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

    private static void write(
            JsonGenerator json, ChatRequest request, Classification classified, RoutePlan plan, RequestPolicy policy)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("model", request.model());
        json.writeStringField("complexity", classified.complexity().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("confidence", classified.confidence());
        json.writeArrayFieldStart("reasons");
        for (String reason : classified.reasons()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        json.writeStringField("rule", plan.route());
        json.writeObjectFieldStart("plan");
        json.writeArrayFieldStart("models");
        for (String model : plan.models()) {
            json.writeString(model);
        }
        json.writeEndArray();
        json.writeBooleanField("search", plan.search());
        if (plan.deadline().isPresent()) {
            json.writeNumberField("deadline_ms", plan.deadline().get().toMillis());
        }
        json.writeBooleanField("cacheable", policy.cacheable());
        json.writeEndObject();
        json.writeEndObject();
    }
}
