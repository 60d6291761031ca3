package ai.orchestrator.model.ollama;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelProviderFactory;
import org.pf4j.Extension;

/** Makes providers of the models of one Ollama server. */
@Extension
public final class OllamaFactory implements ModelProviderFactory {
    @Override
    public String kind() {
        return "ollama";
    }

    @Override
    public ModelProvider create(PluginContext context) {
        return OllamaProvider.start(context.name(), OllamaSettings.read(context));
    }
}
