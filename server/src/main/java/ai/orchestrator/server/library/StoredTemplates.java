package ai.orchestrator.server.library;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.server.orchestration.LibraryFailure;
import ai.orchestrator.server.template.PromptTemplate;
import ai.orchestrator.server.template.TemplatedCall;
import ai.orchestrator.server.template.language.TemplateException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The Go templates that stored models bring along. */
final class StoredTemplates {
    private StoredTemplates() {}

    /** Refuses a template that is none. */
    static void require(String template) {
        try {
            PromptTemplate.parse(template);
        } catch (TemplateException e) {
            throw new LibraryFailure(LibraryFailure.Kind.INVALID, "the template is not valid: " + e.getMessage(), e);
        }
    }

    /** What a model can do whose prompts go through a template: what the template has a place for, as far as text goes. */
    static Set<Capability> capabilities(String template, Set<Capability> engine) {
        Optional<PromptTemplate> parsed = parsed(template);
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            boolean able =
                    switch (capability) {
                        case TOOLS, INSERT, THINKING ->
                            engine.contains(Capability.COMPLETION)
                                    && parsed.filter(known -> known.supports(capability))
                                            .isPresent();
                        case COMPLETION, EMBEDDING -> engine.contains(capability);
                        case VISION -> false;
                    };
            if (able) {
                capabilities.add(capability);
            }
        }
        return capabilities;
    }

    /** Has the model continue what the template makes of the request. */
    static void stream(String template, ModelRequest request, ModelEvents events, ModelProvider provider) {
        PromptTemplate parsed = parsed(template)
                .orElseThrow(() -> new PluginFailure.Permanent(
                        FailureCode.UNSUPPORTED, "the model's template is not one that this server can read"));
        TemplatedCall call = TemplatedCall.of(parsed, request, events);
        provider.stream(call.request(), call.events());
    }

    private static Optional<PromptTemplate> parsed(String template) {
        try {
            return Optional.of(PromptTemplate.parse(template));
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }
}
