package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvents;
import java.util.List;

/** A process that has a model loaded. May be asked by many at once; what it may be asked is checked before. */
interface ModelProcess extends AutoCloseable {
    /** The engine's name and version. */
    String engine();

    /** Tokens that each prompt and its answer have room in. */
    int context();

    /** The process itself. */
    ChildProcess child();

    /** Whether its socket is still there: cleaners of temporary folders remove what is old. */
    boolean isReachable();

    /**
     * Answers, {@code Finished} included.
     *
     * @throws PluginFailure if there is no complete answer; the generation has been stopped by then
     */
    void answer(Question question, ModelEvents events, CallControl control);

    /**
     * How many tokens a question's prompt is.
     *
     * @throws PluginFailure if the template does not take the conversation
     */
    int promptTokens(Question question, CallControl control);

    /** Makes vectors of a few texts. */
    Vectors embed(List<String> texts, boolean truncate, CallControl control);

    /** Ends the process and waits until it has ended. */
    @Override
    void close();

    /** One vector for each text. */
    record Vectors(List<float[]> vectors, int promptTokens) {}
}
