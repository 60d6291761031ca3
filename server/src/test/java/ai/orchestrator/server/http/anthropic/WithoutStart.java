package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerSink;
import ai.orchestrator.server.orchestration.AnswerStart;

/** Passes on everything but the start, for a script that has started already. */
record WithoutStart(AnswerSink sink) implements AnswerSink {
    @Override
    public void start(AnswerStart start) {}

    @Override
    public void event(ModelEvent event) {
        sink.event(event);
    }

    @Override
    public void end(AnswerEnd end) {
        sink.end(end);
    }
}
