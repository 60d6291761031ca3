package ai.orchestrator.model.ollama;

import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.testkit.ModelProviderContract;
import ai.orchestrator.testkit.fakes.FakeOllama;
import ai.orchestrator.testkit.fakes.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class OllamaContractTest extends ModelProviderContract {
    private final FakeOllama fake = new FakeOllama(0);

    @Override
    protected ModelProvider create() {
        return Providers.discovered(fake, Map.of());
    }

    @Override
    protected ModelRequest slowRequest() {
        fake.next(FakeOllama.CHAT, Reply.silent());
        return ModelRequest.of("slow", model(), Prompt.user("Hello"));
    }

    @AfterEach
    void stopFake() {
        fake.close();
    }
}
