package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Leaves out the oldest messages of a conversation that is too long. The system's and the last one stay. */
final class Truncation {
    private Truncation() {}

    /**
     * The prompt without what is so much too long that it shows without counting tokens.
     *
     * @throws PluginFailure if what has to stay is too long, or nothing may be left out
     */
    static Prompt bySize(ModelRequest request, int context) {
        Prompt prompt = request.prompt();
        if (TextSize.fits(prompt, context)
                || !(prompt instanceof Prompt.Chat chat)
                || !request.overflow().truncatePrompt()) {
            TextSize.check(prompt, context);
            return prompt;
        }
        Optional<Prompt.Chat> shorter = shortened(chat, candidate -> TextSize.fits(candidate, context));
        return shorter.orElseThrow(() -> TextSize.failure(prompt, context));
    }

    /**
     * Has a process answer; what shows to be too long is shortened by as many messages as it takes.
     *
     * @throws PluginFailure as {@link ModelProcess#answer}
     */
    static void answer(ModelProcess process, Question question, ModelEvents events, CallControl control) {
        try {
            process.answer(question, events, control);
        } catch (PluginFailure.Permanent e) {
            // that comes before anything is written
            if (e.code() != FailureCode.CONTEXT_LENGTH
                    || !(question.request().prompt() instanceof Prompt.Chat chat)
                    || !question.request().overflow().truncatePrompt()) {
                throw e;
            }
            // what images count for shows only when they are read
            Predicate<Prompt.Chat> fits =
                    candidate -> process.promptTokens(question.withPrompt(candidate), control) < process.context();
            Prompt.Chat shorter = (hasImages(chat) ? oneShorter(chat) : shortened(chat, fits)).orElseThrow(() -> e);
            answer(process, question.withPrompt(shorter), events, control);
        }
    }

    /** The conversation with as few messages left out as it takes to fit; empty if it does not even so. */
    private static Optional<Prompt.Chat> shortened(Prompt.Chat chat, Predicate<Prompt.Chat> fits) {
        long others =
                chat.messages().stream().filter(message -> !isSystem(message)).count();
        int tooFew = 0;
        int enough = (int) Math.max(0, others - 1);
        if (enough == 0 || !fits.test(without(chat, enough))) {
            return Optional.empty();
        }
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) >>> 1;
            if (fits.test(without(chat, middle))) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return Optional.of(without(chat, enough));
    }

    private static Optional<Prompt.Chat> oneShorter(Prompt.Chat chat) {
        Prompt.Chat shorter = without(chat, 1);
        return shorter.messages().size() < chat.messages().size() ? Optional.of(shorter) : Optional.empty();
    }

    private static boolean hasImages(Prompt.Chat chat) {
        return chat.messages().stream().anyMatch(message -> !message.images().isEmpty());
    }

    /** Leaves out so many of the oldest messages, and those that mean nothing without them: answers, and results of calls. */
    private static Prompt.Chat without(Prompt.Chat chat, int count) {
        List<Message> kept = new ArrayList<>();
        int left = count;
        boolean begun = false;
        for (int i = 0; i < chat.messages().size(); i++) {
            Message message = chat.messages().get(i);
            boolean last = i == chat.messages().size() - 1;
            boolean leftOut = !isSystem(message) && !last && (left > 0 || (!begun && isReply(message)));
            if (leftOut) {
                left--;
            } else {
                kept.add(message);
                begun |= !isSystem(message);
            }
        }
        return new Prompt.Chat(kept);
    }

    private static boolean isSystem(Message message) {
        return message.role().equals("system");
    }

    private static boolean isReply(Message message) {
        return message.role().equals("assistant") || message.role().equals("tool");
    }
}
