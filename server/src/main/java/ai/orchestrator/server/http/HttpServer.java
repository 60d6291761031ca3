package ai.orchestrator.server.http;

import io.helidon.health.HealthCheck;
import io.helidon.http.HttpException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import io.helidon.webserver.observe.metrics.MetricsObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The running web server with all surfaces, {@code /observe/health} and {@code /observe/metrics}. */
public final class HttpServer implements AutoCloseable {
    /** Before the routes, which have 100 and end in one that matches every path. */
    private static final double OBSERVE_WEIGHT = 120;

    private final WebServer server;

    private HttpServer(WebServer server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param checks what {@code /observe/health} reports on
     * @throws IOException if the address cannot be had
     */
    public static HttpServer start(HttpSettings settings, List<Surface> surfaces, List<HealthCheck> checks)
            throws IOException {
        InetAddress address = address(settings.host());
        Routes routes = new Routes();
        surfaces.forEach(surface -> surface.addTo(routes));
        WebServerConfig.Builder builder = WebServer.builder()
                .address(address)
                .port(settings.port())
                // blobs have no limit; the other bodies have theirs where they are read
                .maxPayloadSize(-1)
                .maxTcpConnections(settings.maxConnections())
                .maxConcurrentRequests(settings.maxConcurrentRequests())
                .idleConnectionTimeout(settings.idleTimeout())
                .shutdownGracePeriod(settings.stopGrace())
                // the host stops the parts in its own order
                .shutdownHook(false)
                .addConnectionSelector(new WatchedConnections(settings.idleTimeout()))
                .protocolsDiscoverServices(false)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .contentEncoding(new RawBodies())
                .directHandlers(TransportErrors.handlers(routes::errorsAt))
                .addFeature(observe(checks))
                .routing(routing(settings, routes, address.isLoopbackAddress()));
        WebServer server = builder.build().start();
        if (!server.isRunning()) {
            // Helidon logs why, and does not throw
            throw new IOException("cannot listen on " + settings.host() + ":" + settings.port()
                    + ": the port is taken, or the address is not this machine's");
        }
        return new HttpServer(server);
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Stops to listen, lets running requests end within the grace, and closes the connections. */
    @Override
    public void close() {
        server.stop();
    }

    private static HttpRouting.Builder routing(HttpSettings settings, Routes routes, boolean loopback) {
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.addFilter(new CloseOnRequest());
        if (loopback) {
            routing.addFilter(new HostCheck(settings.hosts()));
        }
        routing.addFilter(new Origins(settings.origins()));
        settings.rateLimit()
                .ifPresent(rate -> routing.addFilter(
                        new RateLimit(rate.requests(), rate.period(), System::nanoTime, routes::errorsAt)));
        if (!settings.access().keys().isEmpty()) {
            routing.addFilter(new ApiKeys(settings.access(), routes::errorsAt));
        }
        routing.addFilter(new LoopGuard(routes::errorsAt));
        routing.error(Throwable.class, (request, response, failure) -> {
            Exchange exchange = new Exchange(request, response);
            exchange.sendProblem(
                    failure instanceof HttpException refused
                            ? TransportErrors.problem(refused.status())
                            : Problems.of(unforeseen(failure), exchange.requestId()),
                    routes.errorsAt(request.path().path()));
        });
        routes.register(routing);
        return routing;
    }

    private static RuntimeException unforeseen(Throwable failure) {
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    private static ObserveFeature observe(List<HealthCheck> checks) {
        return ObserveFeature.builder()
                .observersDiscoverServices(false)
                .weight(OBSERVE_WEIGHT)
                .addObserver(HealthObserver.builder()
                        .details(true)
                        .useSystemServices(false)
                        .addHealthChecks(checks)
                        .build())
                .addObserver(MetricsObserver.create())
                .build();
    }

    private static InetAddress address(String host) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("cannot listen on " + host + ": no such address", e);
        }
    }
}
