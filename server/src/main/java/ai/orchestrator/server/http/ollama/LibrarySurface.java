package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.Routes;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelLibrary;

/** Ollama's native endpoints for a model's life: pull, create, copy, delete, show. */
public final class LibrarySurface implements Surface {
    private final PullEndpoint pull;
    private final CreateEndpoint create;
    private final CopyEndpoint copy;
    private final DeleteEndpoint delete;
    private final BlobEndpoint blobs;
    private final PushEndpoint push;
    private final ShowEndpoint show;

    /**
     * The endpoints on a library.
     *
     * @param maxBodyBytes the largest request body, but for blobs, which have no limit
     */
    public LibrarySurface(ModelCatalog catalog, ModelLibrary library, long maxBodyBytes) {
        pull = new PullEndpoint(library, maxBodyBytes);
        create = new CreateEndpoint(library, maxBodyBytes);
        copy = new CopyEndpoint(library, maxBodyBytes);
        delete = new DeleteEndpoint(library, maxBodyBytes);
        blobs = new BlobEndpoint(library);
        push = new PushEndpoint(maxBodyBytes);
        show = new ShowEndpoint(catalog, library, new ModelChecks(catalog), maxBodyBytes);
    }

    @Override
    public void addTo(Routes routes) {
        routes.post("/api/pull", ErrorStyle.PLAIN, pull)
                .post("/api/create", ErrorStyle.PLAIN, create)
                .post("/api/copy", ErrorStyle.PLAIN, copy)
                .delete("/api/delete", ErrorStyle.PLAIN, delete)
                .post("/api/push", ErrorStyle.PLAIN, push)
                .post("/api/show", ErrorStyle.PLAIN, show)
                .post("/api/blobs/{digest}", ErrorStyle.PLAIN, blobs)
                .head("/api/blobs/{digest}", ErrorStyle.PLAIN, blobs::head);
    }

    /** Refuses a request that names no model. */
    static void requireModel(String name) {
        if (name.isEmpty()) {
            throw HttpProblem.badRequest("model is required");
        }
    }
}
