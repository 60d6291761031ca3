package ai.orchestrator.server.template;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.orchestration.WatchedEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Has a model answer through a template. What the model finds too long is put to it again without the oldest messages, if the request allows
 * that: only here is the conversation still one of messages. System messages and the last one stay.
 */
public final class TemplatedAnswer {
    private TemplatedAnswer() {}

    /**
     * Answers a request.
     *
     * @param model answers a request with a raw prompt
     * @throws PluginFailure as the model and {@link TemplatedCall#of} do
     */
    public static void stream(
            PromptTemplate template,
            ModelRequest request,
            ModelEvents events,
            BiConsumer<ModelRequest, ModelEvents> model) {
        int leftOut = 0;
        while (true) {
            TemplatedCall call =
                    TemplatedCall.of(template, request.withPrompt(without(request.prompt(), leftOut)), events);
            WatchedEvents sent = new WatchedEvents(call.events());
            try {
                model.accept(call.request(), sent);
                return;
            } catch (PluginFailure.Permanent e) {
                int most = most(request.prompt());
                if (e.code() != FailureCode.CONTEXT_LENGTH
                        || sent.begun()
                        || !request.overflow().truncatePrompt()
                        || leftOut == most) {
                    throw e;
                }
                leftOut = Math.min(most, Math.max(1, 2 * leftOut));
            }
        }
    }

    /** How many messages may be left out. */
    private static int most(Prompt prompt) {
        if (!(prompt instanceof Prompt.Chat(List<Message> messages))) {
            return 0;
        }
        long others = messages.stream().filter(message -> !isSystem(message)).count();
        return (int) Math.max(0, others - 1);
    }

    /** Leaves out so many of the oldest messages, and the answers and results of calls that mean nothing without them. */
    private static Prompt without(Prompt prompt, int count) {
        if (count == 0 || !(prompt instanceof Prompt.Chat(List<Message> messages))) {
            return prompt;
        }
        List<Message> kept = new ArrayList<>();
        int left = count;
        boolean begun = false;
        for (Message message : messages) {
            boolean last = message == messages.getLast();
            boolean reply = message.role().equals("assistant") || message.role().equals("tool");
            if (isSystem(message) || last) {
                kept.add(message);
            } else if (left > 0) {
                left--;
            } else if (begun || !reply) {
                begun = true;
                kept.add(message);
            }
        }
        return new Prompt.Chat(kept);
    }

    private static boolean isSystem(Message message) {
        return message.role().equals("system");
    }
}
