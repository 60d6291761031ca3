package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.server.http.BodyForm;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonBody;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.RecentBodies;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code POST /api/chat}. */
final class ChatEndpoint implements Endpoint {
    /** What a body asks, whoever sent it. */
    private sealed interface Asked {
        record Other(JsonBody body) implements Asked {}

        record Load(JsonObject body, String model, Optional<Duration> keepAlive) implements Asked {}

        record Chat(ChatRequest request, boolean images) implements Asked {}
    }

    private final RecentBodies<Asked> recent = new RecentBodies<>();
    private final ModelChecks checks;
    private final ModelLoads loads;
    private final AnswerReplies replies;
    private final BodyForm otherForm;
    private final long maxBodyBytes;

    ChatEndpoint(Answers answers, ModelCatalog catalog, ModelChecks checks, BodyForm otherForm, long maxBodyBytes) {
        this.checks = checks;
        this.loads = new ModelLoads(catalog, checks);
        this.replies = new AnswerReplies(answers, checks);
        this.otherForm = otherForm;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        CacheControl control = exchange.cacheControl();
        switch (recent.read(exchange.body(maxBodyBytes), !control.noStore(), this::read)) {
            case Asked.Other(JsonBody body) -> otherForm.answer(exchange, body);
            case Asked.Load(JsonObject body, String model, Optional<Duration> keepAlive) ->
                load(exchange, body, model, keepAlive);
            case Asked.Chat(ChatRequest request, boolean images) ->
                answer(exchange, request.as(exchange.requestId(), control, exchange.caller()), images);
        }
    }

    private Asked read(byte[] bytes) {
        JsonBody whole = JsonBody.parse(bytes);
        if (otherForm.takes(whole)) {
            return new Asked.Other(whole);
        }
        JsonObject body = whole.members("ChatRequest");
        String model = body.text("model");
        List<Message> messages = MessageReader.messages(body);
        // the types of these are looked at before anything else is
        ToolReader.tools(body);
        body.bool("stream");
        RequestFields.think(body);
        Optional<Duration> keepAlive = KeepAlive.of(body);
        RequestFields.check(body);
        if (model.isEmpty()) {
            throw HttpProblem.badRequest("model is required");
        }
        if (messages.isEmpty()) {
            return new Asked.Load(body, model, keepAlive);
        }
        ChatRequest request = ChatReader.read(body, model, messages);
        return new Asked.Chat(
                request, messages.stream().anyMatch(m -> !m.images().isEmpty()));
    }

    private void load(Exchange exchange, JsonObject body, String model, Optional<Duration> keepAlive) {
        Optional<ModelInfo> found = checks.find(model);
        if (ModelLoads.isUnload(keepAlive)) {
            loads.unload(exchange, model, found, ChatShape.INSTANCE);
            return;
        }
        found.ifPresent(info -> {
            ModelChecks.requireCompletion(info, model, "chat");
            ModelChecks.require(info, model, !ToolReader.tools(body).isEmpty(), Capability.TOOLS);
            ModelChecks.require(info, model, wanted(RequestFields.think(body)), Capability.THINKING);
        });
        loads.load(exchange, body, model, found, ChatShape.INSTANCE);
    }

    private void answer(Exchange exchange, ChatRequest request, boolean images) {
        String model = request.model();
        checks.find(model).ifPresent(info -> {
            ModelChecks.requireCompletion(info, model, "chat");
            ModelChecks.require(info, model, !request.tools().isEmpty(), Capability.TOOLS);
            ModelChecks.require(info, model, wanted(request.thinking()), Capability.THINKING);
            ModelChecks.require(info, model, images, Capability.VISION);
        });
        replies.answer(exchange, request, ChatShape.INSTANCE);
    }

    static boolean wanted(Thinking thinking) {
        return thinking != Thinking.UNSET && thinking != Thinking.OFF;
    }
}
