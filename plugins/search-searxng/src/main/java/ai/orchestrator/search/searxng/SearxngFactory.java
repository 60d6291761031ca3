package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchEngineFactory;
import ai.orchestrator.search.http.HttpSearchEngine;
import org.pf4j.Extension;

/** Makes engines that ask a SearXNG instance; {@link SearxngSettings} has the settings. */
@Extension
public final class SearxngFactory implements SearchEngineFactory {
    @Override
    public String kind() {
        return "searxng";
    }

    @Override
    public SearchEngine create(PluginContext context) {
        SearxngSettings settings = SearxngSettings.read(context.settings());
        return new HttpSearchEngine(
                context.name(),
                new SearxngDialect(new SearxngRequests(settings, context.userAgent())),
                settings.timeout());
    }
}
