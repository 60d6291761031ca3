package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.UnknownMembers;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.PromptTemplates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code POST /api/generate}: the same conversation as chat's where that can be, so that both share what is cached. */
final class GenerateEndpoint implements Endpoint {
    private static final Set<String> KNOWN = RequestFields.known(
            "model",
            "prompt",
            "suffix",
            "system",
            "template",
            "context",
            "raw",
            "format",
            "options",
            "images",
            "think");

    /** Without what finds no place in a prompt that is no conversation, and that a client may expect another answer of all the same. */
    private static final Set<String> READ_ANYHOW =
            KNOWN.stream().filter(name -> !name.equals("images")).collect(Collectors.toUnmodifiableSet());

    private final ModelChecks checks;
    private final ModelLoads loads;
    private final Answers answers;
    private final PromptTemplates templates;
    private final long maxBodyBytes;

    GenerateEndpoint(
            Answers answers, ModelCatalog catalog, PromptTemplates templates, ModelChecks checks, long maxBodyBytes) {
        this.checks = checks;
        this.loads = new ModelLoads(catalog, checks);
        this.answers = answers;
        this.templates = templates;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("GenerateRequest");
        String model = body.text("model");
        Wanted wanted = Wanted.of(body);
        boolean stream = body.bool("stream").orElse(true);
        Thinking thinking = RequestFields.think(body);
        Optional<Duration> keepAlive = KeepAlive.of(body);
        RequestFields.check(body);
        if (model.isEmpty()) {
            throw checks.notFound(model);
        }
        Optional<ModelInfo> found = checks.find(model);
        GenerateShape shape = new GenerateShape(new Prompt.Raw(""));
        if (wanted.isEmpty() && ModelLoads.isUnload(keepAlive)) {
            loads.unload(exchange, model, found, shape);
            return;
        }
        wanted.check();
        found.ifPresent(info -> {
            ModelChecks.requireCompletion(info, model, "generate");
            ModelChecks.require(info, model, wanted.template.isEmpty() && !wanted.suffix.isEmpty(), Capability.INSERT);
            ModelChecks.require(info, model, ChatEndpoint.wanted(thinking), Capability.THINKING);
            ModelChecks.require(info, model, !wanted.images.isEmpty(), Capability.VISION);
        });
        if (wanted.isEmpty()) {
            loads.load(exchange, body, model, found, shape);
            return;
        }
        Prompt prompt = wanted.prompt();
        Optional<PromptTemplates.Templated> templated = wanted.template.isEmpty()
                ? Optional.empty()
                : Optional.of(templates.apply(wanted.template, prompt, thinking));
        CacheControl cacheControl = exchange.cacheControl();
        ChatRequest request = new ChatRequest(
                exchange.requestId(),
                model,
                templated.<Prompt>map(PromptTemplates.Templated::prompt).orElse(prompt),
                OptionsReader.read(body),
                RequestFields.format(body),
                List.of(),
                ToolChoice.AUTO,
                thinking,
                RequestFields.topLogprobs(body),
                RequestFields.overflow(body),
                keepAlive,
                UnknownMembers.of(body, prompt instanceof Prompt.Chat ? KNOWN : READ_ANYHOW),
                wanted.raw || !wanted.context.isEmpty() ? cacheControl.withNoStore() : cacheControl,
                exchange.caller(),
                stream);
        Answers read = templated
                .<Answers>map(made ->
                        (asked, sink) -> answers.answer(asked, made.reading().apply(sink)))
                .orElse(answers);
        new AnswerReplies(read, checks).answer(exchange, request, new GenerateShape(prompt));
    }

    /** What the model is given. */
    private record Wanted(
            String text,
            String suffix,
            String system,
            String template,
            List<Message> context,
            boolean raw,
            List<Image> images) {

        static Wanted of(JsonObject body) {
            return new Wanted(
                    body.text("prompt"),
                    body.text("suffix"),
                    body.text("system"),
                    body.text("template"),
                    ConversationContext.read(body),
                    body.bool("raw").orElse(false),
                    MessageReader.images(body));
        }

        boolean isEmpty() {
            return text.isEmpty() && suffix.isEmpty();
        }

        void check() {
            if (raw && !(template.isEmpty() && system.isEmpty() && context.isEmpty())) {
                throw HttpProblem.badRequest("raw mode does not support template, system, or context");
            }
        }

        Prompt prompt() {
            if (raw) {
                return new Prompt.Raw(text);
            }
            if (!suffix.isEmpty()) {
                return new Prompt.Insert(text, suffix);
            }
            List<Message> messages = new ArrayList<>();
            if (!system.isEmpty()) {
                messages.add(Message.of("system", system));
            }
            context.stream()
                    .filter(turn -> system.isEmpty() || !turn.role().equals("system"))
                    .forEach(messages::add);
            messages.add(new Message("user", text, "", images, List.of(), "", ""));
            return new Prompt.Chat(messages);
        }
    }
}
