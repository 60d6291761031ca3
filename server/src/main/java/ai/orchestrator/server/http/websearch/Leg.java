package ai.orchestrator.server.http.websearch;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerPieces;
import ai.orchestrator.server.orchestration.AnswerSink;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.AnswerText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One of the answers that make up an answer with searches. Its text goes on at once; its calls wait, since a search goes before them. */
final class Leg implements AnswerSink {
    private final SearchingSink sink;
    private final Consumer<AnswerStart> onStart;
    private final AnswerPieces pieces;
    private final long deadlineNanos;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private ModelEvent.@Nullable Finished finished;
    private @Nullable AnswerEnd end;

    /** @param checks what its text goes through on its way to the client, and to the next leg */
    Leg(SearchingSink sink, Consumer<AnswerStart> onStart, AnswerText checks, long deadlineNanos) {
        this.sink = sink;
        this.onStart = onStart;
        this.pieces = new AnswerPieces(checks);
        this.deadlineNanos = deadlineNanos;
    }

    @Override
    public void start(AnswerStart start) {
        onStart.accept(start);
    }

    @Override
    public void event(ModelEvent event) {
        requireTime();
        pieces.pass(event).forEach(this::take);
    }

    private void take(ModelEvent event) {
        switch (event) {
            case ModelEvent.Text(String piece, var _) -> {
                text.append(piece);
                sink.event(event);
            }
            case ModelEvent.Think(String piece) -> {
                thinking.append(piece);
                sink.event(event);
            }
            case ModelEvent.Call(ToolCall call) -> calls.add(call);
            case ModelEvent.Finished last -> finished = last;
        }
    }

    @Override
    public void onLeave(Runnable action) {
        sink.onLeave(action);
    }

    @Override
    public void idle() {
        requireTime();
        sink.idle();
    }

    @Override
    public void end(AnswerEnd last) {
        end = last;
    }

    /** The searches that the model asks for. */
    List<ToolCall> searches() {
        return calls.stream()
                .filter(call -> call.name().equals(SearchTool.NAME))
                .toList();
    }

    /** What the model asks the client for. */
    List<ToolCall> others() {
        return calls.stream()
                .filter(call -> !call.name().equals(SearchTool.NAME))
                .toList();
    }

    /** The turn in which the model asked for these searches. */
    Message turn(List<ToolCall> asked) {
        return new Message("assistant", text.toString(), thinking.toString(), List.of(), asked, "", "");
    }

    ModelEvent.Finished finished() {
        return Objects.requireNonNull(finished, "an answer ended before it was complete");
    }

    AnswerEnd end() {
        return Objects.requireNonNull(end, "an answer ended early and without a failure");
    }

    private void requireTime() {
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "an answer with searches took too long");
        }
    }
}
