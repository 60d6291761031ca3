package ai.orchestrator.model.openrouter;

import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.testkit.ModelFeature;
import ai.orchestrator.testkit.ModelProviderContract;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import ai.orchestrator.testkit.fakes.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class OpenRouterContractTest extends ModelProviderContract {
    private final FakeOpenRouter fake = new FakeOpenRouter(0);

    @Override
    protected ModelProvider create() {
        return Providers.create(
                fake, Map.of("models", List.of(Map.of("id", "acme/chat-large"), Map.of("id", "openrouter/auto"))));
    }

    @Override
    protected boolean supports(ModelFeature feature) {
        return feature != ModelFeature.RAW && feature != ModelFeature.INSERT;
    }

    @Override
    protected ModelRequest slowRequest() {
        fake.next(FakeOpenRouter.CHAT, Reply.silent());
        return ModelRequest.of("slow", model(), Prompt.user("Hello"));
    }

    @AfterEach
    void stopFake() {
        fake.close();
    }
}
