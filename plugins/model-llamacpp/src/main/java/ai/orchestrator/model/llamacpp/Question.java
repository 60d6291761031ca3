package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import java.time.Duration;
import java.util.List;

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

    /** Whether the answer has to be a call. */
    boolean mustCall() {
        return !request.tools().isEmpty()
                && (request.toolChoice().mode() == ToolChoice.Mode.REQUIRED
                        || request.toolChoice().mode() == ToolChoice.Mode.NAMED);
    }

    /** Whether the answer may be a call. */
    boolean mayCall() {
        return !request.tools().isEmpty() && request.toolChoice().mode() != ToolChoice.Mode.NONE;
    }

    /** The tools that may be called: all, but where one is named, only that. */
    List<ToolDefinition> callable() {
        return request.toolChoice().mode() != ToolChoice.Mode.NAMED
                ? request.tools()
                : request.tools().stream()
                        .filter(tool -> tool.name().equals(request.toolChoice().tool()))
                        .toList();
    }

    /** Whether the model thinks before it answers this. */
    boolean isThoughtAbout() {
        return model.facts().thinks() && request.thinking() != Thinking.OFF;
    }

    /** The same question with another prompt. */
    Question withPrompt(Prompt prompt) {
        return new Question(request.withPrompt(prompt), model, options, load);
    }
}
