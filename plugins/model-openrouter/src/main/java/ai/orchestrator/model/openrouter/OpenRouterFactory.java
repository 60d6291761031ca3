package ai.orchestrator.model.openrouter;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelProviderFactory;
import org.pf4j.Extension;

/** Makes providers of the cloud models that OpenRouter offers. */
@Extension
public final class OpenRouterFactory implements ModelProviderFactory {
    @Override
    public String kind() {
        return "openrouter";
    }

    @Override
    public ModelProvider create(PluginContext context) {
        return OpenRouterProvider.start(context.name(), OpenRouterSettings.read(context));
    }
}
