package ai.orchestrator.search.tavily;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchEngineFactory;
import ai.orchestrator.search.http.HttpSearchEngine;
import org.pf4j.Extension;

/** Makes engines that ask Tavily; {@link TavilySettings} has the settings. */
@Extension
public final class TavilyFactory implements SearchEngineFactory {
    @Override
    public String kind() {
        return "tavily";
    }

    @Override
    public SearchEngine create(PluginContext context) {
        TavilySettings settings = TavilySettings.read(context.settings());
        TavilyRequests requests = new TavilyRequests(settings, context.userAgent());
        return new HttpSearchEngine(
                context.name(), new TavilyDialect(requests, new TavilyRefusals(settings.apiKey())), settings.timeout());
    }
}
