package ai.orchestrator.model.ollama;

import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.testkit.EmbeddingProviderContract;
import ai.orchestrator.testkit.fakes.FakeOllama;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class OllamaEmbeddingContractTest extends EmbeddingProviderContract {
    private final FakeOllama fake = new FakeOllama(0);

    @Override
    protected EmbeddingProvider open() {
        return (EmbeddingProvider) Providers.discovered(fake, Map.of());
    }

    @AfterAll
    void stopFake() {
        fake.close();
    }
}
