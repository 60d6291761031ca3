package ai.orchestrator.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.ScriptedModels;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.http.RawConnection;
import ai.orchestrator.server.http.TestClient.Reply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no complete success is not stored, on no surface, and the next request has the model try again. */
class OnlyCompleteAnswersTest {
    private static final WholeServer SERVER = WholeServer.open();
    private static final Ask ASK = Ask.question("Is it so?");
    private static final ModelEvent HALF = new ModelEvent.Text("Half an");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    static Stream<Named<Consumer<ModelEvents>>> incomplete() {
        Map<String, Consumer<ModelEvents>> all = new LinkedHashMap<>();
        all.put("a failure at once", events -> {
            throw new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "later");
        });
        all.put("a failure in the middle", events -> {
            events.emit(HALF);
            throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "the far side hung up");
        });
        all.put("a deadline", events -> {
            events.emit(HALF);
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "it took too long");
        });
        all.put("a fault of the plugin", events -> {
            events.emit(HALF);
            throw new IllegalStateException("a bug");
        });
        all.put("no end", events -> events.emit(HALF));
        all.put("nothing at all", events -> {});
        all.put("a failure after the end", events -> {
            events.emit(HALF);
            events.emit(ScriptedModels.FINISHED);
            throw new PluginFailure.Permanent(FailureCode.BAD_REPLY, "and then it broke");
        });
        all.put("more after the end", events -> {
            events.emit(ScriptedModels.FINISHED);
            events.emit(HALF);
        });
        all.put("an answer of nothing", events -> events.emit(ScriptedModels.FINISHED));
        all.put("an answer that was cut for its content", events -> {
            events.emit(HALF);
            events.emit(new ModelEvent.Finished(FinishReason.CONTENT_FILTER, ScriptedModels.USAGE));
        });
        all.put("a call that was cut", events -> {
            events.emit(new ModelEvent.Call(new ToolCall("c", "look", "{\"city\":\"Os")));
            events.emit(new ModelEvent.Finished(FinishReason.LENGTH, ScriptedModels.USAGE));
        });
        all.put("a call with something else than an object", events -> {
            events.emit(new ModelEvent.Call(new ToolCall("c", "look", "[1]")));
            events.emit(ScriptedModels.FINISHED);
        });
        return all.entrySet().stream().map(one -> Named.of(one.getKey(), one.getValue()));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void isNotStored(Consumer<ModelEvents> answer) {
        for (Wire wire : Wire.values()) {
            for (boolean stream : List.of(true, false)) {
                SERVER.models.script((request, events) -> answer.accept(events));
                int calls = SERVER.models.calls().size();
                post(wire, stream);
                assertThat(SERVER.memory.entries)
                        .as("%s, stream: %s", wire, stream)
                        .isEmpty();

                SERVER.models.script(ScriptedModels.says("Yes."));
                Reply again = post(wire, stream);
                assertThat(again.header("X-Cache"))
                        .as("%s, stream: %s", wire, stream)
                        .isEqualTo("MISS");
                assertThat(new Transcript(again).text()).contains("Yes.");
                assertThat(SERVER.models.calls()).hasSize(calls + 2);
                SERVER.empty();
            }
        }
    }

    @Test
    void anAnswerWhoseClientLeavesIsStoppedAndNotStored() throws Exception {
        for (Wire wire : Wire.values()) {
            for (boolean stream : List.of(true, false)) {
                CountDownLatch begun = new CountDownLatch(1);
                CountDownLatch stopped = new CountDownLatch(1);
                SERVER.models.script((request, events) -> {
                    CountDownLatch cancelled = new CountDownLatch(1);
                    events.onCancel(cancelled::countDown);
                    events.emit(HALF);
                    begun.countDown();
                    await(cancelled);
                    try {
                        events.emit(new ModelEvent.Text(" answer"));
                        events.emit(ScriptedModels.FINISHED);
                    } finally {
                        stopped.countDown();
                    }
                });
                leaveOnce(begun, wire, stream);
                await(stopped);
                assertThat(SERVER.memory.entries)
                        .as("%s, stream: %s", wire, stream)
                        .isEmpty();
            }
        }
    }

    private static void leaveOnce(CountDownLatch begun, Wire wire, boolean stream) throws IOException {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.post(wire.path, body(wire, stream));
            await(begun);
        }
    }

    private static Reply post(Wire wire, boolean stream) {
        return SERVER.client().post(wire.path, body(wire, stream));
    }

    private static String body(Wire wire, boolean stream) {
        return wire.body(ASK, stream).orElseThrow().toString();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited too long");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
