package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.BodyForm;
import ai.orchestrator.server.http.Embedder;
import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.Routes;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.PromptTemplates;
import java.nio.charset.StandardCharsets;

/** Ollama's native endpoints that ask, embed and list. */
public final class OllamaSurface implements Surface {
    /** The Ollama whose API this is: clients refuse to work with one that they take for too old. */
    public static final String OLLAMA_VERSION = "0.33.0";

    private static final byte[] RUNNING = "Ollama is running".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION =
            ("{\"version\":\"" + OLLAMA_VERSION + "\"}").getBytes(StandardCharsets.US_ASCII);

    private final ChatEndpoint chat;
    private final GenerateEndpoint generate;
    private final EmbedEndpoint embed;
    private final EmbeddingsEndpoint embeddings;
    private final ModelLists lists;

    /**
     * The endpoints on a pipeline.
     *
     * @param templates takes the templates of requests
     * @param otherChat what {@code /api/chat} takes beside Ollama's own body
     * @param maxBodyBytes the largest request body
     */
    public OllamaSurface(
            Answers answers, ModelCatalog catalog, PromptTemplates templates, BodyForm otherChat, long maxBodyBytes) {
        ModelChecks checks = new ModelChecks(catalog);
        chat = new ChatEndpoint(answers, catalog, checks, otherChat, maxBodyBytes);
        generate = new GenerateEndpoint(answers, catalog, templates, checks, maxBodyBytes);
        Embedder embedder = new Embedder(catalog);
        embed = new EmbedEndpoint(embedder, maxBodyBytes);
        embeddings = new EmbeddingsEndpoint(embedder, maxBodyBytes);
        lists = new ModelLists(catalog);
    }

    @Override
    public void addTo(Routes routes) {
        routes.post("/api/chat", ErrorStyle.PLAIN, chat)
                .post("/api/generate", ErrorStyle.PLAIN, generate)
                .post("/api/embed", ErrorStyle.PLAIN, embed)
                .post("/api/embeddings", ErrorStyle.PLAIN, embeddings)
                .getOrHead("/", ErrorStyle.PLAIN, exchange -> exchange.send(200, Exchange.TEXT, RUNNING))
                .getOrHead("/api/version", ErrorStyle.PLAIN, exchange -> exchange.sendJson(VERSION))
                .getOrHead("/api/tags", ErrorStyle.PLAIN, lists::tags)
                .get("/api/ps", ErrorStyle.PLAIN, lists::running);
    }
}
