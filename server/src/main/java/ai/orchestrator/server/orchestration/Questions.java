package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.classify.Question;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import java.util.List;

/** Requests as classifiers see them. */
public final class Questions {
    private Questions() {}

    /** What is to be classified of a request. */
    public static Question of(ChatRequest request) {
        boolean structured = !(request.format() instanceof ResponseFormat.Text);
        boolean tools = !request.tools().isEmpty();
        String text = request.question();
        if (!(request.prompt() instanceof Prompt.Chat(List<Message> messages))) {
            return new Question(text, "", 0, text.length(), tools, false, structured);
        }
        String system = messages.stream()
                .filter(message -> message.role().equals("system"))
                .map(Message::content)
                .findFirst()
                .orElse("");
        int chars = messages.stream()
                .mapToInt(message -> message.content().length())
                .sum();
        boolean images = messages.stream().anyMatch(message -> !message.images().isEmpty());
        return new Question(text, system, Math.max(0, messages.size() - 1), chars, tools, images, structured);
    }
}
