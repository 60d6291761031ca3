package ai.orchestrator.rerank.http;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.search.TextReranker;
import ai.orchestrator.plugin.search.TextRerankerFactory;
import org.pf4j.Extension;

/** Makes rerankers that ask a server; {@link RerankSettings} has the settings. */
@Extension
public final class RerankFactory implements TextRerankerFactory {
    @Override
    public String kind() {
        return "http";
    }

    @Override
    public TextReranker create(PluginContext context) {
        return new HttpReranker(RerankSettings.read(context.settings()), context.userAgent());
    }
}
