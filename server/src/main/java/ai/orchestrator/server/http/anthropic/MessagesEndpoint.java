package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.Guard;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.websearch.SearchTool;
import ai.orchestrator.server.http.websearch.SearchingAnswers;
import ai.orchestrator.server.http.websearch.SearchingSink;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code POST /v1/messages}. */
final class MessagesEndpoint implements Endpoint {
    private final Answers answers;
    private final SearchingAnswers searching;
    private final ModelChecks checks;
    private final long maxBodyBytes;

    MessagesEndpoint(Answers answers, SearchingAnswers searching, ModelCatalog catalog, long maxBodyBytes) {
        this.answers = answers;
        this.searching = searching;
        this.checks = new ModelChecks(catalog);
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        MessagesErrors errors = new MessagesErrors(MessagesErrors.newRequestId());
        exchange.response().header(errors.header());
        Guard.run(exchange, errors, () -> answer(exchange, errors));
    }

    private void answer(Exchange exchange, MessagesErrors errors) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("");
        String model = body.text("model");
        if (model.isEmpty()) {
            throw HttpProblem.badRequest("model is required");
        }
        RequestFields.checkRequired(body);
        List<Message> messages = MessageReader.messages(body);
        Tools tools = Tools.of(body);
        Thinking thinking = RequestFields.thinking(body);
        Optional<ModelInfo> found = checks.find(model);
        found.ifPresent(info -> check(info, model, messages, tools));
        boolean thinks = ModelName.isAuto(model)
                || found.isEmpty()
                || found.get().capabilities().contains(Capability.THINKING);
        ChatRequest request = new ChatRequest(
                exchange.requestId(),
                model,
                new Prompt.Chat(messages),
                RequestFields.options(body),
                RequestFields.format(body),
                tools.functions(),
                tools.choice(),
                thinks ? thinking : Thinking.UNSET,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.empty(),
                RequestFields.extra(body),
                exchange.cacheControl(),
                exchange.caller(),
                body.bool("stream").orElse(false));
        boolean callsTools = !tools.functions().isEmpty()
                || found.filter(info -> info.capabilities().contains(Capability.TOOLS))
                        .isPresent();
        checks.naming(model, () -> {
            if (request.stream()) {
                stream(exchange, request, tools.search(), callsTools, errors);
            } else {
                answer(request, tools.search(), callsTools, new CollectedMessage(exchange, request));
            }
        });
    }

    private static void check(ModelInfo info, String model, List<Message> messages, Tools tools) {
        ModelChecks.requireCompletion(info, model, "chat");
        ModelChecks.require(info, model, !tools.functions().isEmpty(), Capability.TOOLS);
        boolean images = messages.stream().anyMatch(message -> !message.images().isEmpty());
        ModelChecks.require(info, model, images, Capability.VISION);
    }

    private void stream(
            Exchange exchange,
            ChatRequest request,
            Optional<SearchTool> search,
            boolean callsTools,
            MessagesErrors errors) {
        StreamedMessage reply = new StreamedMessage(exchange, request, search.isEmpty());
        Guard.stream(
                exchange,
                () -> {
                    answer(request, search, callsTools, reply);
                    reply.requireEnd();
                },
                problem -> reply.fail(json -> errors.write(json, problem)));
    }

    private void answer(ChatRequest request, Optional<SearchTool> search, boolean callsTools, SearchingSink sink) {
        search.ifPresentOrElse(
                tool -> searching.answer(request, tool, callsTools, sink), () -> answers.answer(request, sink));
    }
}
