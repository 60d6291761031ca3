package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import java.time.Duration;

/**
 * A request as an engine gets it: possible, with the model's own options merged in, and its model loaded.
 *
 * @param options checked, with every default filled in
 * @param load how long the model took to be there
 */
record Question(ModelRequest request, ModelFile model, CheckedOptions options, Duration load) {
    /** Whether the answer may have any form. */
    boolean isFreeText() {
        return request.format() instanceof ResponseFormat.Text;
    }

    /** The same question with another prompt. */
    Question withPrompt(Prompt prompt) {
        return new Question(request.withPrompt(prompt), model, options, load);
    }
}
