package ai.orchestrator.server.template;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.template.language.TemplateException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model's call whose prompt has gone through a template.
 *
 * @param request with {@link Prompt.Raw}, and without tools and thinking, which the prompt's text has taken in
 * @param events finds thoughts and tool calls in the text that the model continues with, and hands everything on
 */
public record TemplatedCall(ModelRequest request, ModelEvents events) {
    /**
     * Puts a call through a template; one with a raw prompt stays as it is.
     *
     * @throws PluginFailure with {@link FailureCode#UNSUPPORTED} if the template has no place for what the call has, with {@link
     *     FailureCode#INVALID_REQUEST} if it does not take the conversation
     */
    public static TemplatedCall of(PromptTemplate template, ModelRequest request, ModelEvents events) {
        try {
            return switch (request.prompt()) {
                case Prompt.Raw ignored -> new TemplatedCall(request, events);
                case Prompt.Insert(String prefix, String suffix) -> {
                    require(template.supports(Capability.INSERT), "a suffix");
                    String text = template.renderInsert(prefix, suffix);
                    yield new TemplatedCall(raw(request, text), events);
                }
                case Prompt.Chat(List<Message> messages) -> chat(template, messages, request, events);
            };
        } catch (TemplateException e) {
            throw new PluginFailure.Permanent(
                    FailureCode.INVALID_REQUEST, "the template does not take this request: " + e.getMessage());
        }
    }

    private static TemplatedCall chat(
            PromptTemplate template, List<Message> messages, ModelRequest request, ModelEvents events) {
        require(messages.stream().allMatch(message -> message.images().isEmpty()), "images");
        List<ToolDefinition> tools = tools(request);
        require(tools.isEmpty() || template.supports(Capability.TOOLS), "tools");
        String text = template.render(messages, tools, request.thinking());

        ModelEvents calls = tools.isEmpty() ? events : new CallEvents(CallProbe.format(template), names(tools), events);
        ModelEvents thoughts = request.thinking() == Thinking.OFF
                ? calls
                : template.thinkTags()
                        .<ModelEvents>map(tags -> new ThinkEvents(tags, tags.openAtEndOf(text), calls))
                        .orElse(calls);
        return new TemplatedCall(raw(request, text), thoughts);
    }

    private static List<ToolDefinition> tools(ModelRequest request) {
        return switch (request.toolChoice().mode()) {
            case AUTO -> request.tools();
            case NONE -> List.of();
            case REQUIRED, NAMED -> {
                require(request.tools().isEmpty(), "a tool call that the model has to make");
                yield List.of();
            }
        };
    }

    private static Set<String> names(List<ToolDefinition> tools) {
        return tools.stream().map(ToolDefinition::name).collect(Collectors.toUnmodifiableSet());
    }

    private static void require(boolean supported, String what) {
        if (!supported) {
            throw new PluginFailure.Permanent(FailureCode.UNSUPPORTED, "the model's template has no place for " + what);
        }
    }

    private static ModelRequest raw(ModelRequest request, String text) {
        return new ModelRequest(
                request.requestId(),
                request.model(),
                new Prompt.Raw(text),
                request.options(),
                request.format(),
                List.of(),
                ToolChoice.AUTO,
                Thinking.UNSET,
                request.topLogprobs(),
                request.overflow(),
                request.keepAlive(),
                request.deadline());
    }
}
