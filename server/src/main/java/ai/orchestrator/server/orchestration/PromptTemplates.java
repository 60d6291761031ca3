package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import java.util.function.UnaryOperator;

/** Puts prompts through templates that come with requests, in place of the models' own. */
public interface PromptTemplates {
    /**
     * A prompt as a template makes it.
     *
     * @throws ai.orchestrator.plugin.PluginFailure with {@link ai.orchestrator.plugin.FailureCode#INVALID_REQUEST} if the template is wrong, with
     *     {@link ai.orchestrator.plugin.FailureCode#UNSUPPORTED} if it has no place for what the prompt has
     */
    Templated apply(String template, Prompt prompt, Thinking thinking);

    /**
     * A prompt that has gone through a template.
     *
     * @param reading tells what the model thinks from what it says, where the template has marks for that
     */
    record Templated(Prompt.Raw prompt, UnaryOperator<AnswerSink> reading) {}
}
