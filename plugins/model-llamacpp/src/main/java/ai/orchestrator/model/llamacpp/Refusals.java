package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;

/** Says no to what a local model cannot do, before anything is loaded for it. */
final class Refusals {
    private Refusals() {}

    /** @throws PluginFailure if the request asks for something that is not supported */
    static void check(ModelRequest request, ModelFile model, Engine engine) {
        if (model.facts().embeds()) {
            throw unsupported("\"" + request.model() + "\" does not support "
                    + (request.prompt() instanceof Prompt.Chat ? "chat" : "generate"));
        }
        if (!request.tools().isEmpty()) {
            throw unsupported(request.model() + " does not support tools");
        }
        if (request.topLogprobs().isPresent() && !engine.tellsLogprobs()) {
            throw unsupported(request.model() + " does not support logprobs: " + engine.name()
                    + " does not tell them; llama-server does");
        }
        if (request.thinking() != Thinking.UNSET && request.thinking() != Thinking.OFF) {
            throw unsupported("\"" + request.model() + "\" does not support thinking");
        }
        switch (request.prompt()) {
            case Prompt.Insert insert -> throw unsupported(request.model() + " does not support insert");
            case Prompt.Chat chat when chat.messages().isEmpty() -> throw invalid("the conversation has no messages");
            case Prompt.Chat chat -> chat.messages().forEach(message -> check(request, message));
            case Prompt.Raw raw -> {}
        }
    }

    private static void check(ModelRequest request, Message message) {
        if (!message.images().isEmpty()) {
            throw unsupported(request.model() + " does not support images");
        }
        if (!message.toolCalls().isEmpty()) {
            throw unsupported(request.model() + " does not support tools");
        }
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
