package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.testkit.ModelFeature;
import ai.orchestrator.testkit.ModelProviderContract;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedModelContractTest extends ModelProviderContract {
    private static final Set<ModelFeature> LEFT_OUT = EnumSet.of(ModelFeature.IMAGES, ModelFeature.INSERT);

    @TempDir
    Path folder;

    @Override
    protected ModelProvider create() {
        TinyModels.toolCaller().to(folder.resolve("tiny.gguf"));
        return Providers.of(folder);
    }

    @Override
    protected boolean supports(ModelFeature feature) {
        return !LEFT_OUT.contains(feature);
    }
}
