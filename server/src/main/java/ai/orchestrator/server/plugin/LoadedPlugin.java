package ai.orchestrator.server.plugin;

import ai.orchestrator.plugin.PluginFactory;
import java.util.List;

/** A plugin that is started, with the factories that it offers. */
record LoadedPlugin(String id, String version, ClassLoader loader, List<Offer> offers) {
    /** A factory and the kind that it said when it was loaded. */
    record Offer(String kind, PluginFactory<?> factory) {}
}
