package ai.orchestrator.server.template;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.template.language.TemplateException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A prompt that has gone through a template.
 *
 * @param text what the model continues
 * @param reading finds thoughts and tool calls in the text that it continues with
 */
record Rendered(String text, UnaryOperator<ModelEvents> reading) {
    /** @throws PluginFailure as {@link TemplatedCall#of} does */
    static Rendered of(PromptTemplate template, Prompt prompt, List<ToolDefinition> tools, Thinking thinking) {
        return of(template, prompt, tools, thinking, Optional.empty());
    }

    /**
     * For an answer that is held to be a call in the usual form, without thoughts before it.
     *
     * @throws PluginFailure as {@link TemplatedCall#of} does
     */
    static Rendered demanding(PromptTemplate template, Prompt prompt, List<ToolDefinition> tools) {
        return of(template, prompt, tools, Thinking.OFF, Optional.of(CallFormat.Object.USUAL));
    }

    private static Rendered of(
            PromptTemplate template,
            Prompt prompt,
            List<ToolDefinition> tools,
            Thinking thinking,
            Optional<CallFormat> form) {
        try {
            return switch (prompt) {
                case Prompt.Raw(String text) -> new Rendered(text, UnaryOperator.identity());
                case Prompt.Insert(String prefix, String suffix) -> {
                    require(template.supports(Capability.INSERT), "a suffix");
                    yield new Rendered(template.renderInsert(prefix, suffix), UnaryOperator.identity());
                }
                case Prompt.Chat(List<Message> messages) -> chat(template, messages, tools, thinking, form);
            };
        } catch (TemplateException e) {
            throw new PluginFailure.Permanent(
                    FailureCode.INVALID_REQUEST, "the template does not take this request: " + e.getMessage());
        }
    }

    private static Rendered chat(
            PromptTemplate template,
            List<Message> messages,
            List<ToolDefinition> tools,
            Thinking thinking,
            Optional<CallFormat> form) {
        require(messages.stream().allMatch(message -> message.images().isEmpty()), "images");
        require(tools.isEmpty() || template.supports(Capability.TOOLS), "tools");
        String text = template.render(messages, tools, thinking);
        return new Rendered(text, events -> thoughts(template, text, thinking, calls(template, tools, form, events)));
    }

    private static ModelEvents calls(
            PromptTemplate template, List<ToolDefinition> tools, Optional<CallFormat> form, ModelEvents events) {
        if (tools.isEmpty()) {
            return events;
        }
        Set<String> names = tools.stream().map(ToolDefinition::name).collect(Collectors.toUnmodifiableSet());
        return new CallEvents(form.orElseGet(() -> CallProbe.format(template)), names, events);
    }

    private static ModelEvents thoughts(PromptTemplate template, String text, Thinking thinking, ModelEvents events) {
        if (thinking == Thinking.OFF) {
            return events;
        }
        return template.thinkTags()
                .<ModelEvents>map(tags -> new ThinkEvents(tags, tags.openAtEndOf(text), events))
                .orElse(events);
    }

    static void require(boolean supported, String what) {
        if (!supported) {
            throw new PluginFailure.Permanent(FailureCode.UNSUPPORTED, "the template has no place for " + what);
        }
    }
}
