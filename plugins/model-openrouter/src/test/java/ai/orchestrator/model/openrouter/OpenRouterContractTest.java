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
    /** The host understands every option that the contract has, whether the list has been read so far or not. */
    private static final String LIST = """
            {"data":[{"id":"acme/chat-large","context_length":131072,
              "architecture":{"input_modalities":["text","image"],"output_modalities":["text"]},
              "pricing":{"prompt":"0.000001","completion":"0.000003"},
              "supported_parameters":["tools","temperature","max_tokens","seed","stop","response_format","structured_outputs"]}]}""";

    private final FakeOpenRouter fake = new FakeOpenRouter(0).always(FakeOpenRouter.MODELS, Reply.json(200, LIST));

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
