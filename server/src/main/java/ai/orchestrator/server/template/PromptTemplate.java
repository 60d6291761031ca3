package ai.orchestrator.server.template;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.template.language.GoTemplate;
import ai.orchestrator.server.template.language.TemplateException;
import ai.orchestrator.server.template.language.Value;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A model's template in Ollama's format: puts a conversation into the one text that the model continues. */
public final class PromptTemplate {
    private final GoTemplate template;
    private final Set<String> fields;
    private final Clock clock;

    private PromptTemplate(GoTemplate template, Set<String> fields, Clock clock) {
        this.template = template;
        this.fields = fields;
        this.clock = clock;
    }

    /**
     * Reads a template. One that has a place neither for messages nor for the answer gets the answer's at its end.
     *
     * @throws TemplateException if it is wrong; the message says where
     */
    public static PromptTemplate parse(String text) {
        return parse(text, Clock.systemDefaultZone());
    }

    static PromptTemplate parse(String text, Clock clock) {
        GoTemplate template = GoTemplate.parse(text.replace("\r\n", "\n"));
        Set<String> fields = template.fields();
        boolean complete = fields.contains("Messages") || fields.contains("Response");
        return new PromptTemplate(complete ? template : template.endingWith("Response"), fields, clock);
    }

    /** Whether the template has a place for what the capability needs; true for those that need none. */
    public boolean supports(Capability capability) {
        return switch (capability) {
            case TOOLS -> fields.contains("Tools");
            case INSERT -> fields.contains("Suffix");
            case THINKING -> fields.contains("Thinking");
            case COMPLETION -> true;
            case VISION, EMBEDDING -> false;
        };
    }

    /**
     * The text for a conversation.
     *
     * @param tools those the model may call; left out where the template has no place for them
     * @throws TemplateException if the template does not take the conversation, or makes too much of it
     */
    public String render(List<Message> messages, List<ToolDefinition> tools, Thinking thinking) {
        Conversation conversation = Conversation.of(messages);
        Map<String, Value> data = common(thinking);
        if (!fields.contains("Messages")) {
            return new TurnByTurn(template, data, clock).render(conversation.messages());
        }
        data.put("System", Value.of(conversation.system()));
        data.put("Messages", Things.messages(conversation.messages()));
        data.put("Tools", Things.tools(tools));
        data.put("Response", Value.of(""));
        return template.render(data, clock);
    }

    /**
     * The text for what belongs between the two.
     *
     * @throws TemplateException if the template does not take them
     */
    public String renderInsert(String prefix, String suffix) {
        Map<String, Value> data = common(Thinking.OFF);
        data.put("Prompt", Value.of(prefix));
        data.put("Suffix", Value.of(suffix));
        data.put("Response", Value.of(""));
        return template.render(data, clock);
    }

    /** The marks around what the model thinks; empty if the template has no place for it. */
    Optional<ThinkTags> thinkTags() {
        return supports(Capability.THINKING)
                ? Optional.of(template.around("Thinking").map(ThinkTags::of).orElse(ThinkTags.USUAL))
                : Optional.empty();
    }

    /** A model that can think does, unless it is told not to. */
    private Map<String, Value> common(Thinking thinking) {
        boolean able = supports(Capability.THINKING);
        boolean unset = thinking == Thinking.UNSET;
        Map<String, Value> data = new LinkedHashMap<>();
        data.put("Think", Value.of(unset ? able : thinking != Thinking.OFF));
        data.put("IsThinkSet", Value.of(!unset || able));
        data.put(
                "ThinkLevel",
                Value.of(
                        switch (thinking) {
                            case UNSET, OFF, ON -> "";
                            case LOW, MEDIUM, HIGH, MAX -> thinking.name().toLowerCase(Locale.ROOT);
                        }));
        return data;
    }
}
