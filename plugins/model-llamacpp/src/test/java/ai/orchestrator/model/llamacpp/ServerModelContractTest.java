package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.testkit.ModelFeature;
import ai.orchestrator.testkit.ModelProviderContract;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class ServerModelContractTest extends ModelProviderContract {
    private static final Set<ModelFeature> LEFT_OUT = EnumSet.of(ModelFeature.IMAGES);

    @TempDir
    Path folder;

    @Override
    protected ModelProvider create() {
        TinyModels.toolCaller().to(folder.resolve("tiny.gguf"));
        return Providers.onServer(folder);
    }

    @Override
    protected boolean supports(ModelFeature feature) {
        return !LEFT_OUT.contains(feature);
    }
}
