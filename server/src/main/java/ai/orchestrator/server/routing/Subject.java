package ai.orchestrator.server.routing;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelName;
import java.util.List;
import java.util.Optional;

/**
 * What rules look at.
 *
 * @param model the requested model's full name; empty if the client's spelling is no legal name
 * @param verdict how hard the question is; empty while nobody has looked
 */
record Subject(ChatRequest request, Optional<String> model, Optional<Classification> verdict) {
    static Subject of(ChatRequest request, Optional<Classification> verdict) {
        return new Subject(request, ModelName.parse(request.model()).map(ModelName::full), verdict);
    }

    /** The language of the question. */
    Optional<String> language() {
        return Languages.detector().of(request.question());
    }

    boolean auto() {
        return model.filter(ModelName.AUTO::equals).isPresent();
    }

    long promptChars() {
        return switch (request.prompt()) {
            case Prompt.Chat(List<Message> messages) ->
                messages.stream()
                        .mapToLong(message -> message.content().length())
                        .sum();
            case Prompt.Raw(String text) -> text.length();
            case Prompt.Insert(String prefix, String suffix) -> (long) prefix.length() + suffix.length();
        };
    }

    boolean images() {
        return request.prompt() instanceof Prompt.Chat(List<Message> messages)
                && messages.stream().anyMatch(message -> !message.images().isEmpty());
    }
}
