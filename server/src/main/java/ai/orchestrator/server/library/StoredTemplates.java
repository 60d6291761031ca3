package ai.orchestrator.server.library;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelRequest;
import java.util.Set;
import java.util.function.BiConsumer;

/** The Go templates that stored models bring along. */
final class StoredTemplates {
    private StoredTemplates() {}

    static void require(String template) {}

    static Set<Capability> capabilities(String template, Set<Capability> engine) {
        return engine;
    }

    static void stream(
            String template, ModelRequest request, ModelEvents events, BiConsumer<ModelRequest, ModelEvents> model) {
        model.accept(request, events);
    }
}
