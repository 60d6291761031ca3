package ai.orchestrator.bench.peer;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.util.function.Consumer;

/** The product's web server without the product. */
final class BareServer {
    /** Is answered once it listens. */
    static final String READY = "/ready";

    private BareServer() {}

    static void start(int port, Consumer<HttpRouting.Builder> routes) {
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.get(READY, (request, response) -> response.send());
        routes.accept(routing);
        WebServer.builder()
                .host("127.0.0.1")
                .port(port)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .routing(routing)
                .build()
                .start();
    }
}
