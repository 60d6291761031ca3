package ai.orchestrator.server.template;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerSink;
import ai.orchestrator.server.orchestration.AnswerStart;
import java.util.function.UnaryOperator;

/** Hands an answer on, with its pieces as a reading of them has it. */
final class ReadingSink implements AnswerSink {
    private final AnswerSink sink;
    private final ModelEvents events;

    ReadingSink(UnaryOperator<ModelEvents> reading, AnswerSink sink) {
        this.sink = sink;
        this.events = reading.apply(new Pieces(sink));
    }

    @Override
    public void start(AnswerStart start) {
        sink.start(start);
    }

    @Override
    public void event(ModelEvent event) {
        events.emit(event);
    }

    @Override
    public void onLeave(Runnable action) {
        sink.onLeave(action);
    }

    @Override
    public void idle() {
        sink.idle();
    }

    @Override
    public void end(AnswerEnd end) {
        sink.end(end);
    }

    private record Pieces(AnswerSink sink) implements ModelEvents {
        @Override
        public void emit(ModelEvent event) {
            sink.event(event);
        }

        @Override
        public void onCancel(Runnable action) {
            throw new UnsupportedOperationException("whoever reads an answer does not make it");
        }
    }
}
