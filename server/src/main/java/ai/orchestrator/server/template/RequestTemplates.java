package ai.orchestrator.server.template;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.server.orchestration.PromptTemplates;
import ai.orchestrator.server.template.language.TemplateException;
import java.util.List;

/** Templates of requests, in Ollama's format. */
public final class RequestTemplates implements PromptTemplates {
    @Override
    public Templated apply(String template, Prompt prompt, Thinking thinking) {
        Rendered rendered = Rendered.of(parse(template), prompt, List.of(), thinking);
        return new Templated(new Prompt.Raw(rendered.text()), sink -> new ReadingSink(rendered.reading(), sink));
    }

    private static PromptTemplate parse(String template) {
        try {
            return PromptTemplate.parse(template);
        } catch (TemplateException e) {
            throw new PluginFailure.Permanent(
                    FailureCode.INVALID_REQUEST, "the template cannot be read: " + e.getMessage());
        }
    }
}
