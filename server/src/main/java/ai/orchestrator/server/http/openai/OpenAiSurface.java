package ai.orchestrator.server.http.openai;

import ai.orchestrator.server.http.Routes;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ModelCatalog;

/** OpenAI's endpoints that complete, embed and list. */
public final class OpenAiSurface implements Surface {
    private final ChatCompletionsEndpoint chat;
    private final CompletionsEndpoint completions;
    private final EmbeddingsEndpoint embeddings;
    private final TranscriptionsEndpoint transcriptions;
    private final ModelsEndpoints models;

    /**
     * The endpoints on a pipeline.
     *
     * @param maxBodyBytes the largest request body
     */
    public OpenAiSurface(Answers answers, ModelCatalog catalog, long maxBodyBytes) {
        chat = new ChatCompletionsEndpoint(answers, catalog, maxBodyBytes);
        completions = new CompletionsEndpoint(answers, catalog, maxBodyBytes);
        embeddings = new EmbeddingsEndpoint(catalog, maxBodyBytes);
        transcriptions = new TranscriptionsEndpoint(catalog, maxBodyBytes);
        models = new ModelsEndpoints(catalog);
    }

    @Override
    public void addTo(Routes routes) {
        routes.post("/v1/chat/completions", OpenAiErrors.INSTANCE, chat)
                .post("/v1/completions", OpenAiErrors.INSTANCE, completions)
                .post("/v1/embeddings", OpenAiErrors.INSTANCE, embeddings)
                .post("/v1/audio/transcriptions", OpenAiErrors.INSTANCE, transcriptions)
                .get("/v1/models", OpenAiErrors.INSTANCE, models::list)
                // the name may hold slashes
                .get("/v1/models/{+" + ModelsEndpoints.NAME + "}", OpenAiErrors.INSTANCE, models::one);
    }
}
