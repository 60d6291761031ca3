package ai.orchestrator.search.tavily;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.testkit.fakes.FakeTavily;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Engines made as the host makes them. */
final class Engines {
    private Engines() {}

    static SearchEngine over(URI url, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putIfAbsent("url", url.toString());
        settings.putIfAbsent("api_key", FakeTavily.KEY);
        settings.putIfAbsent("timeout", "30s");
        return new TavilyFactory().create(context(settings));
    }

    static PluginContext context(Map<String, Object> settings) {
        return new PluginContext("web", Settings.of(settings), Path.of("target"), "ai-orchestrator/0.1.0");
    }
}
