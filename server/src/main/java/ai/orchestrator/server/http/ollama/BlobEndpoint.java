package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.orchestration.LibraryFailure;
import ai.orchestrator.server.orchestration.ModelLibrary;

/** {@code HEAD} and {@code POST /api/blobs/sha256:…}. */
final class BlobEndpoint implements Endpoint {
    private final ModelLibrary library;

    BlobEndpoint(ModelLibrary library) {
        this.library = library;
    }

    @Override
    public void answer(Exchange exchange) {
        boolean isNew = library.keepBlob(exchange.pathVariable("digest"), exchange.body());
        exchange.send(isNew ? 201 : 200, new byte[0]);
    }

    void head(Exchange exchange) {
        exchange.send(status(exchange.pathVariable("digest")), new byte[0]);
    }

    private int status(String digest) {
        try {
            return library.hasBlob(digest) ? 200 : 404;
        } catch (LibraryFailure e) {
            return 400;
        }
    }
}
