package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import java.util.Set;

/** Says no to what a local model cannot do, before anything is loaded for it. */
final class Refusals {
    private Refusals() {}

    /** @throws PluginFailure if the request asks for something that is not supported */
    static void check(ModelRequest request, ModelFile model, Engine engine) {
        if (model.facts().embeds()) {
            throw unsupported("\"" + request.model() + "\" does not support "
                    + (request.prompt() instanceof Prompt.Chat ? "chat" : "generate"));
        }
        Set<Capability> able = engine.capabilities(model);
        if (!request.tools().isEmpty()) {
            need(able, Capability.TOOLS, request.model() + " does not support tools");
            checkChoice(request);
        }
        if (request.topLogprobs().isPresent() && !engine.tellsLogprobs()) {
            throw unsupported(request.model() + " does not support logprobs: " + engine.name()
                    + " does not tell them; llama-server does");
        }
        if (request.thinking() != Thinking.UNSET && request.thinking() != Thinking.OFF) {
            need(able, Capability.THINKING, "\"" + request.model() + "\" does not support thinking");
        }
        switch (request.prompt()) {
            case Prompt.Insert insert ->
                need(able, Capability.INSERT, request.model() + " does not support insert" + on(engine));
            case Prompt.Chat chat when chat.messages().isEmpty() -> throw invalid("the conversation has no messages");
            case Prompt.Chat chat -> chat.messages().forEach(message -> check(request, message, able, engine));
            case Prompt.Raw raw -> {}
        }
    }

    private static void checkChoice(ModelRequest request) {
        ToolChoice choice = request.toolChoice();
        if (choice.mode() == ToolChoice.Mode.NAMED
                && request.tools().stream().noneMatch(tool -> tool.name().equals(choice.tool()))) {
            throw invalid("the tool '" + choice.tool() + "' that has to be called is not among the tools");
        }
    }

    private static void check(ModelRequest request, Message message, Set<Capability> able, Engine engine) {
        if (!message.images().isEmpty()) {
            need(able, Capability.VISION, request.model() + " does not support images" + on(engine));
        }
        if (!message.toolCalls().isEmpty()) {
            need(able, Capability.TOOLS, request.model() + " does not support tools");
        }
    }

    private static void need(Set<Capability> able, Capability needed, String otherwise) {
        if (!able.contains(needed)) {
            throw unsupported(otherwise);
        }
    }

    private static String on(Engine engine) {
        return engine.name().equals(EmbeddedEngine.NAME) ? " on " + engine.name() : "";
    }

    /** The failure of a model that an engine is too old for. */
    static PluginFailure architecture(String architecture, String engine) {
        return unsupported("model architecture '" + architecture + "' is not supported by " + engine
                + "; to install a newer engine: dist/manage.sh engine");
    }

    /** The failure of what a model cannot do. */
    static PluginFailure unsupported(String message) {
        return new PluginFailure.Permanent(FailureCode.UNSUPPORTED, message);
    }

    /** The failure of a request that is wrong in itself. */
    static PluginFailure invalid(String message) {
        return new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, message);
    }
}
