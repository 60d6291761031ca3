package ai.orchestrator.server.library;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.server.orchestration.LibraryFailure;
import ai.orchestrator.server.template.PromptTemplate;
import ai.orchestrator.server.template.language.TemplateException;
import java.util.EnumSet;
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

    /** A template of a manifest. */
    static PromptTemplate parse(String template) throws MalformedManifestException {
        try {
            return PromptTemplate.parse(template);
        } catch (TemplateException e) {
            throw new MalformedManifestException("its template is not valid: " + e.getMessage());
        }
    }

    /** What a model can do whose prompts go through a template: what the template has a place for, as far as text goes. */
    static Set<Capability> capabilities(PromptTemplate template, Set<Capability> engine) {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            boolean able =
                    switch (capability) {
                        case TOOLS, INSERT, THINKING ->
                            engine.contains(Capability.COMPLETION) && template.supports(capability);
                        case COMPLETION, EMBEDDING -> engine.contains(capability);
                        case VISION -> false;
                    };
            if (able) {
                capabilities.add(capability);
            }
        }
        return capabilities;
    }
}
