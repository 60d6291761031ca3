package ai.orchestrator.search.local;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchEngineFactory;
import org.pf4j.Extension;

/** Makes engines that search a folder of Markdown, text, HTML and PDF files; {@link LocalSearchSettings} has the settings. */
@Extension
public final class LocalSearchFactory implements SearchEngineFactory {
    @Override
    public String kind() {
        return "local";
    }

    @Override
    public SearchEngine create(PluginContext context) {
        LocalSearchSettings settings = LocalSearchSettings.read(context);
        IndexUpdater updater = new IndexUpdater(
                context.name(),
                new DocumentFolder(settings.folder(), settings.limits()),
                settings.index(),
                settings.refresh());
        updater.start();
        return new LocalSearchEngine(updater);
    }
}
