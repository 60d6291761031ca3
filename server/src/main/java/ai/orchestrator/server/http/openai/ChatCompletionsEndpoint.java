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
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelCatalog;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code POST /v1/chat/completions}: the same request to the pipeline as {@code /api/chat} makes of the same question. */
final class ChatCompletionsEndpoint implements Endpoint {
    private static final int MAX_TOP_LOGPROBS = 20;

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
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("ChatCompletionRequest");
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
        checks.find(model).ifPresent(info -> check(info, model, tools, thinking, messages));
        ChatRequest request = new ChatRequest(
                exchange.requestId(),
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
                exchange.cacheControl(),
                exchange.caller(),
                stream);
        replies.answer(exchange, request, new ChatShape(ReplyHead.ofChat(model, stream)), includeUsage);
    }

    private static void check(
            ModelInfo info, String model, ToolFields tools, Thinking thinking, List<Message> messages) {
        ModelChecks.requireCompletion(info, model, "chat");
        ModelChecks.require(info, model, !tools.tools().isEmpty(), Capability.TOOLS);
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
