package ai.orchestrator.model.ollama;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.fakes.FakeOllama;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Providers as the host makes them. */
final class Providers {
    private Providers() {}

    /** A provider in front of the fake; {@code more} settings win. */
    static ModelProvider create(FakeOllama fake, Map<String, Object> more) {
        Map<String, Object> settings = new TreeMap<>(Map.of("url", fake.url().toString()));
        settings.putAll(more);
        return new OllamaFactory().create(context(Settings.of(settings)));
    }

    /** A provider that has read the fake's list. */
    static ModelProvider discovered(FakeOllama fake, Map<String, Object> more) {
        ModelProvider provider = create(fake, more);
        Eventually.await("the list of models", () -> !provider.models().isEmpty());
        return provider;
    }

    static PluginContext context(Settings settings) {
        return new PluginContext("fleet", settings, Path.of("."), "ai-orchestrator/test");
    }
}
