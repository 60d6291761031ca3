package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonBody;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.RecentBodies;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.Caller;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelCatalog;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code POST /v1/chat/completions}: the same request to the pipeline as {@code /api/chat} makes of the same question. */
final class ChatCompletionsEndpoint implements Endpoint {
    private static final int MAX_TOP_LOGPROBS = 20;

    /** @param request as nobody's call: its id, its caller and what is asked of the cache stand in the headers */
    private record Asked(ChatRequest request, List<Message> messages, boolean includeUsage) {}

    private final RecentBodies<Asked> recent = new RecentBodies<>();
    private final ModelChecks checks;
    private final AnswerReplies replies;
    private final long maxBodyBytes;

    ChatCompletionsEndpoint(Answers answers, ModelCatalog catalog, long maxBodyBytes) {
        this.checks = new ModelChecks(catalog);
        this.replies = new AnswerReplies(answers, checks);
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        CacheControl control = exchange.cacheControl();
        Asked asked = recent.read(exchange.body(maxBodyBytes), !control.noStore(), ChatCompletionsEndpoint::read);
        ChatRequest request = asked.request().as(exchange.requestId(), control, exchange.caller());
        checks.find(request.model()).ifPresent(info -> check(info, request, asked.messages()));
        replies.answer(
                exchange,
                request,
                new ChatShape(ReplyHead.ofChat(request.model(), request.stream())),
                asked.includeUsage());
    }

    private static Asked read(byte[] bytes) {
        JsonObject body = JsonBody.parse(bytes).members("ChatCompletionRequest");
        String model = body.text("model");
        List<Message> messages = MessageReader.messages(body);
        SamplingOptions options = SamplingReader.read(body);
        ToolFields tools = ToolFields.of(body);
        ResponseFormat format = RequestFields.format(body);
        Thinking thinking = RequestFields.thinking(body);
        OptionalInt topLogprobs = topLogprobs(body);
        boolean stream = body.bool("stream").orElse(false);
        boolean includeUsage = RequestFields.includeUsage(body);
        if (model.isEmpty()) {
            throw HttpProblem.badRequest("model is required");
        }
        ChatRequest request = new ChatRequest(
                "",
                model,
                new Prompt.Chat(messages),
                options,
                format,
                tools.tools(),
                tools.choice(),
                thinking,
                topLogprobs,
                Overflow.DEFAULT,
                Optional.empty(),
                RequestFields.extra(body),
                CacheControl.DEFAULT,
                Caller.ANYBODY,
                stream);
        return new Asked(request, messages, includeUsage);
    }

    private static void check(ModelInfo info, ChatRequest request, List<Message> messages) {
        String model = request.model();
        Thinking thinking = request.thinking();
        ModelChecks.requireCompletion(info, model, "chat");
        ModelChecks.require(info, model, !request.tools().isEmpty(), Capability.TOOLS);
        ModelChecks.require(info, model, thinking != Thinking.UNSET && thinking != Thinking.OFF, Capability.THINKING);
        ModelChecks.require(
                info, model, messages.stream().anyMatch(m -> !m.images().isEmpty()), Capability.VISION);
    }

    private static OptionalInt topLogprobs(JsonObject body) {
        int top = body.integer("top_logprobs").orElse(0);
        if (top < 0 || top > MAX_TOP_LOGPROBS) {
            throw HttpProblem.badRequest("top_logprobs must be between 0 and " + MAX_TOP_LOGPROBS);
        }
        return body.bool("logprobs").orElse(false) ? OptionalInt.of(top) : OptionalInt.empty();
    }
}
