package ai.orchestrator.server.template;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolChoice.Mode;
import ai.orchestrator.plugin.model.ToolDefinition;
import java.util.List;

/**
 * A model's call whose prompt has gone through a template.
 *
 * @param request with {@link Prompt.Raw}, and without tools and thinking, which the prompt's text has taken in
 * @param events finds thoughts and tool calls in the text that the model continues with, and hands everything on
 */
public record TemplatedCall(ModelRequest request, ModelEvents events) {
    /**
     * Puts a call through a template; one with a raw prompt stays as it is. Whether the template has a place for what the call needs is told
     * before by {@link PromptTemplate#supports}.
     *
     * @throws PluginFailure with {@link FailureCode#UNSUPPORTED} if the template has no place for what the call has, with {@link
     *     FailureCode#INVALID_REQUEST} if it does not take the conversation
     */
    public static TemplatedCall of(PromptTemplate template, ModelRequest request, ModelEvents events) {
        if (request.prompt() instanceof Prompt.Raw) {
            return new TemplatedCall(request, events);
        }
        if (DemandedCall.isIn(request)) {
            // thoughts would have to come before the call, and the form leaves no room for them
            Rendered rendered = Rendered.demanding(template, request.prompt(), request.tools());
            ModelRequest asked = raw(request, rendered.text(), DemandedCall.form(request));
            return new TemplatedCall(asked, rendered.reading().apply(events));
        }
        List<ToolDefinition> tools = request.toolChoice().mode() == Mode.NONE ? List.of() : request.tools();
        Rendered rendered = Rendered.of(template, request.prompt(), tools, request.thinking());
        return new TemplatedCall(
                raw(request, rendered.text(), request.format()),
                rendered.reading().apply(events));
    }

    private static ModelRequest raw(ModelRequest request, String text, ResponseFormat format) {
        return new ModelRequest(
                request.requestId(),
                request.model(),
                new Prompt.Raw(text),
                request.options(),
                format,
                List.of(),
                ToolChoice.AUTO,
                Thinking.UNSET,
                request.topLogprobs(),
                request.overflow(),
                request.keepAlive(),
                request.deadline());
    }
}
