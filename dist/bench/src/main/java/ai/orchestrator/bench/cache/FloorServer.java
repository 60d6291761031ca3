package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.peer.Floor;
import ai.orchestrator.bench.run.Separation;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Starts the floor with a reply of the product. */
final class FloorServer {
    /** What the web server adds by itself. */
    private static final Set<String> OWN = Set.of("date", "connection", "content-length", "transfer-encoding");

    private FloorServer() {}

    static Server start(Setup setup, Separation apart, Wire wire, HttpResponse<byte[]> reply)
            throws IOException, InterruptedException {
        List<String> lines = reply.headers().map().entrySet().stream()
                .filter(header -> !OWN.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value))
                .toList();
        Path head = Files.write(setup.folder().resolve(wire + "-head"), lines);
        Path body = Files.write(setup.folder().resolve(wire + "-body"), reply.body());
        return Server.peer(setup, Floor.class, apart::apart, wire.path(), head.toString(), body.toString());
    }
}
