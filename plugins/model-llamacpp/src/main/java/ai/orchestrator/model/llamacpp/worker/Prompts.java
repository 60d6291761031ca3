package ai.orchestrator.model.llamacpp.worker;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Makes the text that the model reads. */
final class Prompts {
    private final LlamaBinding binding;
    private final String leadingToken;

    Prompts(LlamaBinding binding, String leadingToken) {
        this.binding = binding;
        this.leadingToken = leadingToken;
    }

    /**
     * A conversation put through the model's template, or a text as it stands, with the model's start token before it.
     *
     * @throws RefusedException if the template does not take the conversation
     */
    String of(Call.Input input) throws IOException, RefusedException {
        String text = input.turns().isEmpty() ? input.text() : rendered(input);
        return text.startsWith(leadingToken) ? text : leadingToken + text;
    }

    private String rendered(Call.Input input) throws IOException, RefusedException {
        String prompt = rendered(input.turns(), input.tools());
        return input.thinks() ? ThinkMarks.prompt(prompt, input.thinking()) : prompt;
    }

    private String rendered(List<Call.Turn> turns, List<Map<String, Object>> tools)
            throws IOException, RefusedException {
        try {
            return ChatTemplate.prompt(binding.render(turns, tools));
        } catch (RefusedException e) {
            List<Call.Turn> others = ChatTemplate.withoutSystem(turns);
            if (others.size() == turns.size() || others.isEmpty()) {
                throw e;
            }
            return ChatTemplate.prompt(binding.render(others, tools));
        }
    }
}
