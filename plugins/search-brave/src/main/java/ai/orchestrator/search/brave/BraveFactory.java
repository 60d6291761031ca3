package ai.orchestrator.search.brave;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchEngineFactory;
import ai.orchestrator.search.http.HttpSearchEngine;
import org.pf4j.Extension;

/** Makes engines that ask the Brave Search API; {@link BraveSettings} has the settings. */
@Extension
public final class BraveFactory implements SearchEngineFactory {
    @Override
    public String kind() {
        return "brave";
    }

    @Override
    public SearchEngine create(PluginContext context) {
        BraveSettings settings = BraveSettings.read(context.settings());
        BraveRequests requests = new BraveRequests(settings, context.userAgent());
        return new PacedEngine(
                new HttpSearchEngine(context.name(), new BraveDialect(requests), settings.timeout()),
                new Pace(settings.requestsPerSecond(), System::nanoTime));
    }
}
