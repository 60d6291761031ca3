package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.server.http.Routes;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.http.websearch.SearchingAnswers;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ModelCatalog;

/** {@code POST /v1/messages}. */
public final class AnthropicSurface implements Surface {
    private final MessagesEndpoint messages;

    /**
     * The endpoint on a pipeline.
     *
     * @param searching answers requests that let the server search
     * @param maxBodyBytes the largest request body
     */
    public AnthropicSurface(Answers answers, SearchingAnswers searching, ModelCatalog catalog, long maxBodyBytes) {
        messages = new MessagesEndpoint(answers, searching, catalog, maxBodyBytes);
    }

    @Override
    public void addTo(Routes routes) {
        routes.post("/v1/messages", MessagesErrors.UNNAMED, messages);
    }
}
