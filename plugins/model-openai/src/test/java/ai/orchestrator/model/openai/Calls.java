package ai.orchestrator.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.testkit.ModelEventRecorder;

/** Calls of the fake's chat model. */
final class Calls {
    private Calls() {}

    static ModelRequest request() {
        return ModelRequest.of("r1", "acme/chat-7b:latest", Prompt.user("2+2?"));
    }

    static ModelEventRecorder answer(ModelProvider provider) {
        ModelEventRecorder events = new ModelEventRecorder();
        provider.stream(request(), events);
        return events;
    }

    /** The failure of a call; what came before it is in {@code events}. */
    static PluginFailure failure(ModelProvider provider, ModelEventRecorder events) {
        PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> provider.stream(request(), events));
        assertThat(failure).as("the call fails").isNotNull();
        return failure;
    }
}
