package ai.orchestrator.model.openai;

import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.testkit.EmbeddingProviderContract;
import ai.orchestrator.testkit.fakes.FakeOpenAi;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class OpenAiEmbeddingContractTest extends EmbeddingProviderContract {
    private final FakeOpenAi fake = new FakeOpenAi(0);

    @Override
    protected EmbeddingProvider open() {
        return (EmbeddingProvider) Providers.discovered(fake, Map.of());
    }

    @AfterAll
    void stopFake() {
        fake.close();
    }
}
