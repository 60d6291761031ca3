package ai.orchestrator.search.wikipedia;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchEngineFactory;
import ai.orchestrator.search.http.HttpSearchEngine;
import org.pf4j.Extension;

/** Makes engines that ask Wikipedia; {@link WikipediaSettings} has the settings. */
@Extension
public final class WikipediaFactory implements SearchEngineFactory {
    /** More are not allowed. */
    private static final int MOST_AT_ONCE = 3;

    @Override
    public String kind() {
        return "wikipedia";
    }

    @Override
    public SearchEngine create(PluginContext context) {
        WikipediaSettings settings = WikipediaSettings.read(context.settings());
        return new HttpSearchEngine(
                context.name(),
                new WikipediaDialect(new WikipediaRequests(settings, context.userAgent())),
                settings.timeout(),
                MOST_AT_ONCE);
    }
}
