package ai.orchestrator.server.http.responses;

import ai.orchestrator.server.http.Routes;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.http.openai.OpenAiErrors;
import ai.orchestrator.server.http.websearch.SearchingAnswers;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ModelCatalog;

/** {@code POST /v1/responses}. */
public final class ResponsesSurface implements Surface {
    private final ResponsesEndpoint responses;

    /**
     * The endpoint on a pipeline.
     *
     * @param searching answers requests that let the server search
     * @param maxBodyBytes the largest request body
     */
    public ResponsesSurface(Answers answers, SearchingAnswers searching, ModelCatalog catalog, long maxBodyBytes) {
        responses = new ResponsesEndpoint(answers, searching, catalog, maxBodyBytes);
    }

    @Override
    public void addTo(Routes routes) {
        routes.post("/v1/responses", OpenAiErrors.INSTANCE, responses);
    }
}
