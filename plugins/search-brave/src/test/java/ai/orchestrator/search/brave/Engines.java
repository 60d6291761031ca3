package ai.orchestrator.search.brave;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.testkit.fakes.FakeBrave;
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
        settings.putIfAbsent("api_key", FakeBrave.KEY);
        settings.putIfAbsent("requests_per_second", 1000);
        settings.putIfAbsent("timeout", "30s");
        return new BraveFactory().create(context(settings));
    }

    static PluginContext context(Map<String, Object> settings) {
        return new PluginContext("web", Settings.of(settings), Path.of("target"), "ai-orchestrator/0.1.0");
    }
}
