package ai.orchestrator.model.openai;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelProviderFactory;
import org.pf4j.Extension;

/** Makes providers of the models of one server that speaks OpenAI's wire. */
@Extension
public final class OpenAiFactory implements ModelProviderFactory {
    @Override
    public String kind() {
        return "openai";
    }

    @Override
    public ModelProvider create(PluginContext context) {
        return OpenAiProvider.start(context.name(), OpenAiSettings.read(context));
    }
}
