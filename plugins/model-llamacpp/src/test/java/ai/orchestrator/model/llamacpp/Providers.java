package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Makes providers as the host does. */
final class Providers {
    private Providers() {}

    /** A provider of the models in a folder on the embedded engine, with small defaults that {@code settings} overrides. */
    static LlamaCppProvider of(Path folder, Map<String, Object> settings) {
        Map<String, Object> all =
                new HashMap<>(Map.of("folder", folder.toString(), "context", 512, "threads", 1, "engine", "embedded"));
        all.putAll(settings);
        PluginContext context = new PluginContext("llamacpp", Settings.of(all), folder, "test");
        return (LlamaCppProvider) new LlamaCppFactory().create(context);
    }

    static LlamaCppProvider of(Path folder) {
        return of(folder, Map.of());
    }

    /** The same on a {@code llama-server}. */
    static LlamaCppProvider onServer(Path folder, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "engine",
                "server",
                "server",
                Map.of("binary", LlamaServer.binary().toString())));
        all.putAll(settings);
        return of(folder, all);
    }

    static LlamaCppProvider onServer(Path folder) {
        return onServer(folder, Map.of());
    }
}
