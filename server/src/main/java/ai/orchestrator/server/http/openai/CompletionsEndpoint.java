package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelCatalog;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code POST /v1/completions}: the same request to the pipeline as {@code /api/generate} makes of the same prompt. */
final class CompletionsEndpoint implements Endpoint {
    private static final int MAX_LOGPROBS = 20;

    private final ModelCatalog catalog;
    private final ModelChecks checks;
    private final AnswerReplies replies;
    private final long maxBodyBytes;

    CompletionsEndpoint(Answers answers, ModelCatalog catalog, long maxBodyBytes) {
        this.catalog = catalog;
        this.checks = new ModelChecks(catalog);
        this.replies = new AnswerReplies(answers, checks);
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("CompletionRequest");
        String model = body.text("model");
        String prompt = prompt(body);
        String suffix = body.text("suffix");
        SamplingOptions options = SamplingReader.read(body);
        OptionalInt topLogprobs = topLogprobs(body);
        boolean stream = body.bool("stream").orElse(false);
        boolean includeUsage = RequestFields.includeUsage(body);
        if (model.isEmpty()) {
            throw checks.notFound(model);
        }
        Optional<ModelInfo> found = checks.find(model);
        found.ifPresent(info -> {
            ModelChecks.requireCompletion(info, model, "generate");
            ModelChecks.require(info, model, !suffix.isEmpty(), Capability.INSERT);
        });
        CompletionShape shape = new CompletionShape(ReplyHead.ofCompletion(model), includeUsage);
        if (prompt.isEmpty() && suffix.isEmpty()) {
            catalog.load(found.orElseThrow(() -> checks.notFound(model)), options, Optional.empty());
            replies.nothing(exchange, shape, stream);
            return;
        }
        ChatRequest request = new ChatRequest(
                exchange.requestId(),
                model,
                suffix.isEmpty()
                        ? new Prompt.Chat(List.of(Message.of("user", prompt)))
                        : new Prompt.Insert(prompt, suffix),
                options,
                ResponseFormat.text(),
                List.of(),
                ToolChoice.AUTO,
                Thinking.UNSET,
                topLogprobs,
                Overflow.DEFAULT,
                Optional.empty(),
                RequestFields.extra(body),
                exchange.cacheControl(),
                exchange.caller(),
                stream);
        replies.answer(exchange, request, shape, includeUsage);
    }

    /** A text; clients that can send several put the one into a list. */
    private static String prompt(JsonObject body) {
        JsonNode prompt = body.find("prompt").orElse(null);
        if (prompt != null && prompt.isArray() && prompt.size() == 1) {
            return body.texts("prompt").getFirst();
        }
        return body.text("prompt");
    }

    /** One number says both: that probabilities are asked for, and how many alternatives to tell. */
    private static OptionalInt topLogprobs(JsonObject body) {
        Optional<Integer> top = body.integer("logprobs");
        if (top.isPresent() && (top.get() < 0 || top.get() > MAX_LOGPROBS)) {
            throw HttpProblem.badRequest("logprobs must be between 0 and " + MAX_LOGPROBS);
        }
        return top.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
