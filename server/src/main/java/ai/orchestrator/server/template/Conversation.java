package ai.orchestrator.server.template;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A conversation as Ollama gives it to templates.
 *
 * @param system all system messages, with an empty line between
 * @param messages those of one role in a row made one, but for the results of tools
 */
record Conversation(String system, List<Message> messages) {
    private static final String BETWEEN = "\n\n";

    static Conversation of(List<Message> messages) {
        String system = messages.stream()
                .filter(message -> message.role().equals("system"))
                .map(Message::content)
                .collect(Collectors.joining(BETWEEN));
        List<Message> joined = new ArrayList<>();
        List<Message> run = new ArrayList<>();
        for (Message message : messages) {
            boolean goesOn = !run.isEmpty()
                    && run.getFirst().role().equals(message.role())
                    && !message.role().equals("tool");
            if (!goesOn && !run.isEmpty()) {
                joined.add(join(run));
                run.clear();
            }
            run.add(message);
        }
        if (!run.isEmpty()) {
            joined.add(join(run));
        }
        return new Conversation(system, joined);
    }

    private static Message join(List<Message> run) {
        Message first = run.getFirst();
        if (run.size() == 1) {
            return first;
        }
        String thinking = texts(run.stream().map(Message::thinking).filter(text -> !text.isEmpty()));
        List<Image> images =
                run.stream().flatMap(message -> message.images().stream()).toList();
        List<ToolCall> calls =
                run.stream().flatMap(message -> message.toolCalls().stream()).toList();
        return new Message(first.role(), texts(run.stream().map(Message::content)), thinking, images, calls, "", "");
    }

    private static String texts(Stream<String> texts) {
        return texts.collect(Collectors.joining(BETWEEN));
    }
}
