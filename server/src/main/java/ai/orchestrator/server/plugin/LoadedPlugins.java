package ai.orchestrator.server.plugin;

import java.util.List;

/**
 * What came of the plugin folder.
 *
 * @param failures those that cannot be used, with the reason
 */
record LoadedPlugins(List<LoadedPlugin> plugins, List<PluginReport> failures) {}
