package ai.orchestrator.model.openai;

import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.testkit.ModelFeature;
import ai.orchestrator.testkit.ModelProviderContract;
import ai.orchestrator.testkit.fakes.FakeOpenAi;
import ai.orchestrator.testkit.fakes.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class OpenAiContractTest extends ModelProviderContract {
    private final FakeOpenAi fake = new FakeOpenAi(0);

    @Override
    protected ModelProvider create() {
        return Providers.discovered(fake, Map.of());
    }

    @Override
    protected boolean supports(ModelFeature feature) {
        return feature != ModelFeature.INSERT;
    }

    @Override
    protected ModelRequest slowRequest() {
        fake.next(FakeOpenAi.CHAT, Reply.silent());
        return ModelRequest.of("slow", model(), Prompt.user("Hello"));
    }

    @AfterEach
    void stopFake() {
        fake.close();
    }
}
