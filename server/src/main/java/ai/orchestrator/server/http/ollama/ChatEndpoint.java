package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.http.BodyForm;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonBody;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.UnknownMembers;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /api/chat}. */
final class ChatEndpoint implements Endpoint {
    private static final Set<String> KNOWN =
            RequestFields.known("model", "messages", "tools", "format", "options", "think");

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
        JsonBody body = exchange.jsonBody(maxBodyBytes);
        if (otherForm.takes(body)) {
            otherForm.answer(exchange, body);
        } else {
            answer(exchange, body.members("ChatRequest"));
        }
    }

    private void answer(Exchange exchange, JsonObject body) {
        String model = body.text("model");
        List<Message> messages = MessageReader.messages(body);
        List<ToolDefinition> tools = ToolReader.tools(body);
        boolean stream = body.bool("stream").orElse(true);
        Thinking thinking = RequestFields.think(body);
        Optional<Duration> keepAlive = KeepAlive.of(body);
        RequestFields.check(body);
        if (model.isEmpty()) {
            throw HttpProblem.badRequest("model is required");
        }
        Optional<ModelInfo> found = checks.find(model);
        if (messages.isEmpty() && ModelLoads.isUnload(keepAlive)) {
            loads.unload(exchange, model, found, ChatShape.INSTANCE);
            return;
        }
        found.ifPresent(info -> {
            ModelChecks.requireCompletion(info, model, "chat");
            ModelChecks.require(info, model, !tools.isEmpty(), Capability.TOOLS);
            ModelChecks.require(info, model, wanted(thinking), Capability.THINKING);
            ModelChecks.require(
                    info, model, messages.stream().anyMatch(m -> !m.images().isEmpty()), Capability.VISION);
        });
        if (messages.isEmpty()) {
            loads.load(exchange, body, model, found, ChatShape.INSTANCE);
            return;
        }
        ChatRequest request = new ChatRequest(
                exchange.requestId(),
                model,
                new Prompt.Chat(messages),
                OptionsReader.read(body),
                RequestFields.format(body),
                tools,
                ToolChoice.AUTO,
                thinking,
                RequestFields.topLogprobs(body),
                RequestFields.overflow(body),
                keepAlive,
                UnknownMembers.of(body, KNOWN),
                exchange.cacheControl(),
                exchange.caller(),
                stream);
        replies.answer(exchange, request, ChatShape.INSTANCE);
    }

    static boolean wanted(Thinking thinking) {
        return thinking != Thinking.UNSET && thinking != Thinking.OFF;
    }
}
