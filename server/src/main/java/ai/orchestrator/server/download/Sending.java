package ai.orchestrator.server.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Has a request answered by a server. */
@FunctionalInterface
public interface Sending {
    /**
     * Returns when the head of the reply is there.
     *
     * @throws IOException if it is worth another attempt
     */
    HttpResponse<InputStream> send(HttpRequest request) throws IOException, SourceFailure, InterruptedException;
}
