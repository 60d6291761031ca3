package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.orchestration.LibraryFailure;

/** {@code POST /api/push}, which is refused: this server publishes nothing. */
final class PushEndpoint implements Endpoint {
    private final long maxBodyBytes;

    PushEndpoint(long maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("PushRequest");
        LibrarySurface.requireModel(ModelNaming.of(body));
        ProgressReply.answer(exchange, body.bool("stream").orElse(true), progress -> {
            progress.status("retrieving manifest");
            throw new LibraryFailure(LibraryFailure.Kind.FAILED, "pushing is not supported by this server");
        });
    }
}
