package ai.orchestrator.plugin.model;

import java.util.List;

/** What the model is given to answer. */
public sealed interface Prompt {
    /** A conversation, oldest message first, put to the model through its chat template. */
    record Chat(List<Message> messages) implements Prompt {
        public Chat {
            messages = List.copyOf(messages);
        }
    }

    /** Text that the model continues as it stands, without a template. */
    record Raw(String text) implements Prompt {}

    /** The model writes what belongs between the two. */
    record Insert(String prefix, String suffix) implements Prompt {}

    /** A conversation of one user message. */
    static Prompt user(String text) {
        return new Chat(List.of(Message.of("user", text)));
    }
}
