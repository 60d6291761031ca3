package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelProviderFactory;
import org.pf4j.Extension;

/** Makes providers of local models. They make vectors, too, with models that do. */
@Extension
public final class LlamaCppFactory implements ModelProviderFactory {
    @Override
    public String kind() {
        return "llamacpp";
    }

    @Override
    public ModelProvider create(PluginContext context) {
        return new LlamaCppProvider(context.name(), LlamaCppSettings.of(context));
    }
}
