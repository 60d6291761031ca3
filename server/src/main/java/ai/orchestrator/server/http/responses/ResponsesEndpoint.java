package ai.orchestrator.server.http.responses;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.Guard;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.websearch.SearchingAnswers;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelCatalog;
import java.util.List;
import java.util.Optional;

/** {@code POST /v1/responses}. */
final class ResponsesEndpoint implements Endpoint {
    private final Answers answers;
    private final SearchingAnswers searching;
    private final ModelChecks checks;
    private final long maxBodyBytes;

    ResponsesEndpoint(Answers answers, SearchingAnswers searching, ModelCatalog catalog, long maxBodyBytes) {
        this.answers = answers;
        this.searching = searching;
        this.checks = new ModelChecks(catalog);
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("");
        String model = body.text("model");
        if (model.isEmpty()) {
            throw HttpProblem.badRequest("model is required");
        }
        RequestFields.refuseState(body);
        Tools tools = Tools.of(body);
        List<Message> messages = InputReader.messages(body);
        Thinking thinking = RequestFields.thinking(body);
        Optional<ModelInfo> found = checks.find(model);
        found.ifPresent(info -> check(info, model, messages, tools, thinking));
        ChatRequest request = new ChatRequest(
                exchange.requestId(),
                model,
                new Prompt.Chat(messages),
                RequestFields.options(body),
                RequestFields.format(body),
                tools.functions(),
                tools.choice(),
                thinking,
                RequestFields.topLogprobs(body),
                RequestFields.overflow(body),
                Optional.empty(),
                RequestFields.extra(body),
                exchange.cacheControl(),
                exchange.caller(),
                body.bool("stream").orElse(false));
        boolean callsTools = !tools.functions().isEmpty()
                || found.filter(info -> info.capabilities().contains(Capability.TOOLS))
                        .isPresent();
        checks.naming(model, () -> reply(exchange, request, tools, callsTools, new ResponseWriter(body)));
    }

    private static void check(ModelInfo info, String model, List<Message> messages, Tools tools, Thinking thinking) {
        ModelChecks.requireCompletion(info, model, "chat");
        ModelChecks.require(info, model, !tools.functions().isEmpty(), Capability.TOOLS);
        boolean thinks = thinking != Thinking.UNSET && thinking != Thinking.OFF;
        ModelChecks.require(info, model, thinks, Capability.THINKING);
        boolean images = messages.stream().anyMatch(message -> !message.images().isEmpty());
        ModelChecks.require(info, model, images, Capability.VISION);
    }

    private void reply(Exchange exchange, ChatRequest request, Tools tools, boolean callsTools, ResponseWriter writer) {
        ResponseSink sink = new ResponseSink(exchange, writer, tools, request.stream());
        if (request.stream()) {
            Guard.stream(exchange, () -> answer(request, tools, callsTools, sink), sink::fail);
        } else {
            answer(request, tools, callsTools, sink);
        }
    }

    private void answer(ChatRequest request, Tools tools, boolean callsTools, ResponseSink sink) {
        tools.search()
                .ifPresentOrElse(
                        search -> searching.answer(request, search, callsTools, sink),
                        () -> answers.answer(request, sink));
        sink.requireEnd();
    }
}
