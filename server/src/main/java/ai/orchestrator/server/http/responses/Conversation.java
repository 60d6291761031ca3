package ai.orchestrator.server.http.responses;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** Puts items together into the turns that a chat template knows. */
final class Conversation {
    private final List<Message> messages = new ArrayList<>();
    private String pending = "";

    /** Thought before what comes next. */
    void think(String thinking) {
        pending += thinking;
    }

    void say(Message message) {
        if (message.role().equals("assistant")) {
            messages.add(with(message, pending, message.toolCalls()));
            pending = "";
            return;
        }
        settle();
        boolean system = message.role().equals("system");
        if (system && message.content().isEmpty()) {
            return;
        }
        // templates know one system message at most
        if (system && !messages.isEmpty() && messages.getLast().role().equals("system")) {
            Message last = messages.removeLast();
            messages.add(last.withContent(last.content() + "\n\n" + message.content()));
        } else {
            messages.add(message);
        }
    }

    /** The assistant calls a tool, in the same turn as what it said just before. */
    void call(ToolCall call) {
        boolean goesOn = !messages.isEmpty() && messages.getLast().role().equals("assistant");
        Message turn = goesOn ? messages.removeLast() : Message.of("assistant", "");
        List<ToolCall> calls = new ArrayList<>(turn.toolCalls());
        calls.add(call);
        messages.add(with(turn, turn.thinking() + pending, calls));
        pending = "";
    }

    List<Message> messages() {
        settle();
        return List.copyOf(messages);
    }

    private void settle() {
        if (!pending.isEmpty()) {
            messages.add(with(Message.of("assistant", ""), pending, List.of()));
            pending = "";
        }
    }

    private static Message with(Message message, String thinking, List<ToolCall> calls) {
        return new Message(message.role(), message.content(), thinking, message.images(), calls, "", "");
    }
}
