package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The provider under test and the ways to ask it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ModelContractFixture {
    static final String UNKNOWN = "no-such-model-anywhere:latest";

    private ModelProvider provider;
    private boolean closed;

    /** A new provider with at least one model that generates text. Called before each test, and closed after it. */
    protected abstract ModelProvider create() throws Exception;

    /** The model that the tests ask; the first on offer unless overridden. */
    protected String model() {
        return provider.models().getFirst().name();
    }

    /** Whether {@link #model} can do this; what it cannot do, it has to refuse. */
    protected boolean supports(ModelFeature feature) {
        return true;
    }

    /**
     * A request that takes long to answer, best one whose answer does not begin at all, for the tests that stop it. A prompt for a long text
     * unless overridden.
     */
    protected ModelRequest slowRequest() {
        return request("Count from one to five hundred in words.")
                .withOptions(
                        SamplingOptions.builder().numPredict(400).temperature(0).build());
    }

    /** The provider under test. */
    protected final ModelProvider provider() {
        return provider;
    }

    /** A short request for the model under test. */
    protected final ModelRequest request(String prompt) {
        return ModelRequest.of("contract", model(), Prompt.user(prompt)).withOptions(options(48));
    }

    @BeforeEach
    final void open() throws Exception {
        provider = create();
    }

    @AfterEach
    final void close() {
        if (!closed) {
            provider.close();
        }
    }

    /** Closes the provider, which is then not closed again. */
    final void closeNow() {
        closed = true;
        provider.close();
    }

    final ModelEventRecorder answer(ModelRequest request) {
        ModelEventRecorder events = new ModelEventRecorder();
        provider.stream(request, events);
        events.finished();
        return events;
    }

    final PluginFailure failure(ModelRequest request) {
        ModelEventRecorder events = new ModelEventRecorder();
        PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> provider.stream(request, events));
        assertThat(failure).as("the call fails").isNotNull();
        assertThat(failure.getMessage()).isNotBlank();
        assertThat(events.events()).noneMatch(ModelEvent.Finished.class::isInstance);
        return failure;
    }

    final @Nullable Throwable thrownBy(ModelRequest request, ModelEventRecorder events) {
        return catchThrowable(() -> provider.stream(request, events));
    }

    static SamplingOptions options(int numPredict) {
        return SamplingOptions.builder()
                .numPredict(numPredict)
                .temperature(0)
                .seed(1)
                .build();
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(2, TimeUnit.MINUTES)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
