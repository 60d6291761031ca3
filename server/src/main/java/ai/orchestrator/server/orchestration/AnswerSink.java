package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.ModelEvent;

/**
 * Where an answer goes: a surface's reply. {@link #start} is called once, before the first event; then come the events in order, the last
 * of them {@link ModelEvent.Finished}; then {@link #end}. An answer that fails stops at any point, and the failure is thrown by
 * {@link Answers#answer}. All calls are made on the thread that called it.
 *
 * <p>Every method may throw {@link ai.orchestrator.plugin.PluginFailure.Cancelled} when the client has left.
 */
public interface AnswerSink {
    /** Tells what is known before the first event: the time to write status and headers. */
    void start(AnswerStart start);

    /** Takes the next piece. */
    void event(ModelEvent event);

    /** Has something run, on any thread, as soon as the client is known to have left; the next call of this sink throws then. */
    default void onLeave(Runnable action) {}

    /** Nothing came for some seconds, or the client has left: the time to send a sign of life and to notice that the client has left. */
    default void idle() {}

    /** Takes what is known only after the last event. */
    void end(AnswerEnd end);
}
