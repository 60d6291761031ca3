package ai.orchestrator.server.http.openai;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.orchestration.ModelCatalog;

/** {@code POST /v1/audio/transcriptions}, which Ollama has and this server cannot do. */
final class TranscriptionsEndpoint implements Endpoint {
    TranscriptionsEndpoint(ModelCatalog catalog, long maxBodyBytes) {}

    @Override
    public void answer(Exchange exchange) {
        throw HttpProblem.badRequest("no model of this server listens");
    }
}
