package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.orchestration.ModelLibrary;

/** {@code POST /api/copy}. */
final class CopyEndpoint implements Endpoint {
    private final ModelLibrary library;
    private final long maxBodyBytes;

    CopyEndpoint(ModelLibrary library, long maxBodyBytes) {
        this.library = library;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("CopyRequest");
        library.copy(body.text("source"), body.text("destination"));
        exchange.send(200, new byte[0]);
    }
}
