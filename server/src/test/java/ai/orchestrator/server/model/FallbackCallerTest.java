package ai.orchestrator.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.config.CallConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class FallbackCallerTest {
    private static final ModelInfo FIRST = ScriptedProvider.model("first:latest", Instant.EPOCH, Capability.COMPLETION);
    private static final ModelInfo SECOND =
            ScriptedProvider.model("second:latest", Instant.EPOCH, Capability.COMPLETION);

    private final List<String> chosen = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();

    @Test
    void asksTheNextModelWhenTheFirstGivesNothing() {
        call((request, events) -> {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "down");
        });

        assertThat(chosen).containsExactly("first:latest", "second:latest");
        assertThat(pieces).containsExactly("from second:latest");
    }

    @Test
    void aFaultInsideAProviderCountsAsItsFailure() {
        call((request, events) -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(pieces).containsExactly("from second:latest");
    }

    @Test
    void neverSwitchesAfterTheFirstPiece() {
        assertThatThrownBy(() -> call((request, events) -> {
                    events.emit(new ModelEvent.Text("half"));
                    throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "cut");
                }))
                .hasMessage("cut");
        assertThat(pieces).containsExactly("half");
        assertThat(chosen).containsExactly("first:latest");
    }

    @Test
    void aWrongRequestAndAClientThatLeftAreFinal() {
        assertThatThrownBy(() -> call((request, events) -> {
                    throw new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, "wrong");
                }))
                .hasMessage("wrong");
        assertThatThrownBy(() -> call((request, events) -> {
                    throw new PluginFailure.Cancelled();
                }))
                .isInstanceOf(PluginFailure.Cancelled.class);
        assertThat(chosen).containsExactly("first:latest", "first:latest");
    }

    private void call(BiConsumer<ModelRequest, ModelEvents> first) {
        ScriptedProvider failing = new ScriptedProvider(List.of(FIRST), first);
        ScriptedProvider answering = new ScriptedProvider(
                List.of(SECOND), (request, events) -> events.emit(new ModelEvent.Text("from " + request.model())));
        ServiceCatalog catalog =
                new ServiceCatalog(List.of(failing, answering), List.of(), () -> "f".repeat(64), Instant.EPOCH);
        new FallbackCaller(catalog, CallConfig.DEFAULT, Map.of())
                .stream(
                        List.of(FIRST, SECOND),
                        model -> chosen.add(model.name()),
                        model -> ModelRequest.of("r", model.name(), Prompt.user("hi")),
                        new ModelEvents() {
                            @Override
                            public void emit(ModelEvent event) {
                                if (event instanceof ModelEvent.Text(String text, var _)) {
                                    pieces.add(text);
                                }
                            }

                            @Override
                            public void onCancel(Runnable action) {}
                        });
    }
}
