package ai.orchestrator.server.harness;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.ModelCaller;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** Has every model answer by one script, and remembers the calls. */
public final class ScriptedModels implements ModelCaller {
    /** What an answer took; none of it is zero. */
    public static final Usage USAGE = new Usage(
            11,
            3,
            2,
            Duration.ofMillis(100),
            Duration.ofMillis(13),
            Duration.ofMillis(52),
            Optional.of(BigDecimal.ZERO),
            "");

    public static final ModelEvent.Finished FINISHED = new ModelEvent.Finished(FinishReason.STOP, USAGE);

    /** What becomes of a call. */
    @FunctionalInterface
    public interface Script {
        void play(ModelRequest request, ModelEvents events);
    }

    private final List<ModelRequest> calls = new CopyOnWriteArrayList<>();
    private volatile Script script = says("Hi", "!");

    /** What becomes of the next calls. */
    public void script(Script next) {
        script = next;
    }

    /** The calls so far. */
    public List<ModelRequest> calls() {
        return calls;
    }

    /** Answers with these pieces of text. */
    public static Script says(String... pieces) {
        return plays(
                List.of(pieces).stream().<ModelEvent>map(ModelEvent.Text::new).toList(), FINISHED);
    }

    /** Answers with these pieces, and so ends. */
    public static Script plays(List<? extends ModelEvent> events, ModelEvent.Finished end) {
        return (request, sink) -> {
            events.forEach(sink::emit);
            sink.emit(end);
        };
    }

    @Override
    public void stream(
            List<ModelInfo> models,
            Consumer<ModelInfo> chosen,
            Function<ModelInfo, ModelRequest> request,
            ModelEvents events) {
        chosen.accept(models.getFirst());
        ModelRequest call = request.apply(models.getFirst());
        calls.add(call);
        script.play(call, events);
    }
}
