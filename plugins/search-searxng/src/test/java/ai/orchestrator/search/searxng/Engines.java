package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.testkit.fakes.FakeSearxng;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Engines made as the host makes them. */
final class Engines {
    static final String USER_AGENT = "ai-orchestrator/0.1.0";

    private Engines() {}

    static SearchEngine over(FakeSearxng searxng) {
        return over(searxng, Map.of());
    }

    static SearchEngine over(FakeSearxng searxng, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putIfAbsent("url", searxng.url().toString());
        settings.putIfAbsent("timeout", "30s");
        return new SearxngFactory().create(context(settings));
    }

    static PluginContext context(Map<String, Object> settings) {
        return new PluginContext("web", Settings.of(settings), Path.of("target"), USER_AGENT);
    }
}
