package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.orchestration.ModelLibrary;

/** {@code DELETE /api/delete}. */
final class DeleteEndpoint implements Endpoint {
    private final ModelLibrary library;
    private final long maxBodyBytes;

    DeleteEndpoint(ModelLibrary library, long maxBodyBytes) {
        this.library = library;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        String name = ModelNaming.of(exchange.jsonBody(maxBodyBytes).members("DeleteRequest"));
        LibrarySurface.requireModel(name);
        library.delete(name);
        exchange.send(200, new byte[0]);
    }
}
