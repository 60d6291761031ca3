package ai.orchestrator.server.library;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import java.util.ArrayList;
import java.util.List;

/** Puts what a stored model brings along under what a request says. */
final class StoredPrompt {
    private static final String SYSTEM = "system";

    private StoredPrompt() {}

    /** The request as another model is to be asked it. */
    static ModelRequest under(StoredModel model, String target, ModelRequest request) {
        return new ModelRequest(
                request.requestId(),
                target,
                prompt(model, request.prompt()),
                new StoredOptions(model.parameters()).under(request.options()),
                request.format(),
                request.tools(),
                request.toolChoice(),
                request.thinking(),
                request.topLogprobs(),
                request.overflow(),
                request.keepAlive(),
                request.deadline());
    }

    /** The system message comes first, the request's own or else the model's; then the model's turns, then the request's. */
    private static Prompt prompt(StoredModel model, Prompt prompt) {
        boolean nothing = model.system().isEmpty() && model.messages().isEmpty();
        if (nothing || !(prompt instanceof Prompt.Chat(List<Message> asked))) {
            return prompt;
        }
        boolean ownSystem = !asked.isEmpty() && asked.getFirst().role().equals(SYSTEM);
        List<Message> messages = new ArrayList<>();
        if (ownSystem) {
            messages.add(asked.getFirst());
        } else if (!model.system().isEmpty()) {
            messages.add(Message.of(SYSTEM, model.system()));
        }
        messages.addAll(model.messages());
        messages.addAll(ownSystem ? asked.subList(1, asked.size()) : asked);
        return new Prompt.Chat(messages);
    }
}
