package ai.orchestrator.server.plugin;

import ai.orchestrator.plugin.PluginService;

/**
 * A running service.
 *
 * @param name what the configuration calls it
 * @param kind the kind of its factory
 */
public record Service<T extends PluginService>(
        String name, String kind, String pluginId, String pluginVersion, T instance) {}
