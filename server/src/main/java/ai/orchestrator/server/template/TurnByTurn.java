package ai.orchestrator.server.template;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.server.template.language.GoTemplate;
import ai.orchestrator.server.template.language.Value;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renders a template that knows one exchange only: once for each question with its answer, and for the last question without what follows the
 * answer's place.
 */
final class TurnByTurn {
    private final GoTemplate whole;
    private final Map<String, Value> common;
    private final Clock clock;
    private final StringBuilder out = new StringBuilder();
    private String system = "";
    private String prompt = "";
    private String response = "";

    /** @param common what the template is given beside the exchange */
    TurnByTurn(GoTemplate whole, Map<String, Value> common, Clock clock) {
        this.whole = whole;
        this.common = common;
        this.clock = clock;
    }

    String render(List<Message> messages) {
        for (Message message : messages) {
            switch (message.role()) {
                case "system" -> {
                    if (!prompt.isEmpty() || !response.isEmpty()) {
                        turn();
                    }
                    system = message.content();
                }
                case "user" -> {
                    if (!response.isEmpty()) {
                        turn();
                    }
                    prompt = message.content();
                }
                case "assistant" -> response = message.content();
                default -> {
                    // such a template has no place for it
                }
            }
        }
        out.append(whole.cutAfter("Response").render(data(), clock));
        return out.toString();
    }

    private void turn() {
        out.append(whole.render(data(), clock));
        system = "";
        prompt = "";
        response = "";
    }

    private Map<String, Value> data() {
        Map<String, Value> data = new LinkedHashMap<>(common);
        data.put("System", Value.of(system));
        data.put("Prompt", Value.of(prompt));
        data.put("Response", Value.of(response));
        return data;
    }
}
