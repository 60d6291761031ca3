package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.Prompt;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A {@code llama-server} that has a model loaded. */
final class ServerProcess implements ModelProcess {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final String engine;
    private final Grammars grammars;
    private final ChildProcess child;
    private final ServerClient client;
    private final Readers readers = new Readers();
    private final int context;

    private ServerProcess(String engine, Grammars grammars, ChildProcess child, int context) {
        this.engine = engine;
        this.grammars = grammars;
        this.child = child;
        this.context = context;
        this.client = new ServerClient(child.folder().resolve(ServerCommand.SOCKET));
    }

    /**
     * Starts a server and waits until its model is loaded.
     *
     * @throws LoadException if it is not loaded in time, or never will be
     */
    static ServerProcess start(
            String engine, Grammars grammars, ChildProcess.Command command, LlamaCppSettings settings, int context)
            throws LoadException, InterruptedException {
        ServerProcess server = new ServerProcess(engine, grammars, ChildProcess.start(command), context);
        try {
            Loading.await(server.child, settings.loadTimeout(), LOOK_EVERY, server::isReady);
        } catch (LoadException | InterruptedException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private boolean isReady() {
        if (!Files.exists(child.folder().resolve(ServerCommand.SOCKET))) {
            findProcess();
            return false;
        }
        findProcess();
        return client.isReady();
    }

    private void findProcess() {
        Path told = child.folder().resolve(ServerCommand.PID);
        if (child.pid() != child.process().pid() || !Files.exists(told)) {
            return;
        }
        try {
            long pid = Long.parseLong(Files.readString(told).strip());
            ProcessHandle.of(pid).ifPresent(child::computesIn);
        } catch (IOException | NumberFormatException e) {
            // it has ended meanwhile
        }
    }

    @Override
    public String engine() {
        return engine;
    }

    @Override
    public int context() {
        return context;
    }

    @Override
    public ChildProcess child() {
        return child;
    }

    @Override
    public boolean isReachable() {
        return Files.exists(child.folder().resolve(ServerCommand.SOCKET));
    }

    @Override
    public void answer(Question question, ModelEvents events, CallControl control) {
        Question put = question;
        List<Image> images = List.of();
        String grammar = question.mustCall() ? grammars.ofCall(question.callable()) : "";
        boolean formed = !question.isFreeText() && !question.isThoughtAbout();
        if ((formed || question.mustCall()) && question.request().prompt() instanceof Prompt.Chat chat) {
            // the server's own rules let what answers a conversation be dressed up, and what continues a text not
            put = question.withPrompt(new Prompt.Raw(rendered(question, control)));
            images = chat.messages().stream()
                    .flatMap(message -> message.images().stream())
                    .toList();
        }
        String path = path(put);
        ObjectNode body = ServerBody.of(put, images, grammar, context);
        ServerReply reply = new ServerReply(put, context, events);
        readers.run(control, () -> {
            client.stream(path, body, control, reply::take);
            reply.end();
        });
    }

    private static String path(Question question) {
        return switch (question.request().prompt()) {
            case Prompt.Chat chat -> "v1/chat/completions";
            case Prompt.Raw raw -> "completion";
            case Prompt.Insert insert -> "infill";
        };
    }

    private String rendered(Question question, CallControl control) {
        return client.ask("apply-template", ServerConversation.of(question), control)
                .path("prompt")
                .asText();
    }

    @Override
    public int promptTokens(Question question, CallControl control) {
        String text =
                switch (question.request().prompt()) {
                    case Prompt.Chat chat -> rendered(question, control);
                    case Prompt.Raw raw -> raw.text();
                    case Prompt.Insert(String prefix, String suffix) -> prefix + suffix;
                };
        return tokens(text, control).size();
    }

    private List<Integer> tokens(String text, CallControl control) {
        ObjectNode body = ServerClient.JSON.createObjectNode();
        body.put("content", text).put("add_special", true).put("parse_special", true);
        JsonNode told = client.ask("tokenize", body, control).path("tokens");
        return told.valueStream().map(JsonNode::intValue).toList();
    }

    @Override
    public Vectors embed(List<String> texts, boolean truncate, CallControl control) {
        List<List<Integer>> inputs = texts.stream()
                .map(text -> fitting(tokens(text, control), truncate, control))
                .toList();
        return ServerVectors.read(client.ask("embeddings", ServerVectors.body(inputs), control), inputs);
    }

    private List<Integer> fitting(List<Integer> tokens, boolean truncate, CallControl control) {
        if (tokens.isEmpty()) {
            // a tokenizer that adds nothing makes no token of nothing, and a vector needs at least one
            return tokens(" ", control);
        }
        if (tokens.size() <= context) {
            return tokens;
        }
        if (!truncate) {
            throw TextSize.tooLong(
                    "the input length exceeds the context length: " + tokens.size() + " tokens of " + context);
        }
        return ServerVectors.cut(tokens, tokens("", control), context);
    }

    @Override
    public void close() {
        client.close();
        readers.close();
        child.close();
    }

    /** For tests: what the server tells at an address. */
    JsonNode ask(String path, JsonNode body) throws PluginFailure {
        return client.ask(path, body, new CallControl());
    }
}
