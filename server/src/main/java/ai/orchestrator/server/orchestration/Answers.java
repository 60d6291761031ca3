package ai.orchestrator.server.orchestration;

/** Answers requests. */
public interface Answers {
    /**
     * Answers one request into the sink; returns when the answer is complete.
     *
     * @throws AnswerFailure if the pipeline refuses the request
     * @throws ai.orchestrator.plugin.PluginFailure if no model answered, or the answer broke off
     */
    void answer(ChatRequest request, AnswerSink sink);
}
