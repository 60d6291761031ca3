package ai.orchestrator.model.openrouter;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Providers as the host makes them. */
final class Providers {
    static final String KEY = "sk-or-v1-secret";

    private Providers() {}

    static ModelProvider create(Map<String, Object> settings) {
        return new OpenRouterFactory().create(context(Settings.of(settings)));
    }

    /** A provider with a key, in front of the fake; {@code more} settings win. */
    static ModelProvider create(FakeOpenRouter fake, Map<String, Object> more) {
        Map<String, Object> settings =
                new TreeMap<>(Map.of("api_key", KEY, "base_url", fake.url().toString()));
        settings.putAll(more);
        return create(settings);
    }

    static PluginContext context(Settings settings) {
        return new PluginContext("cloud", settings, Path.of("."), "ai-orchestrator/test");
    }
}
