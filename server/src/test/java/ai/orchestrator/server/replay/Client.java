package ai.orchestrator.server.replay;

import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.http.RawConnection;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One client with a connection of its own, which reads as far as it is told to. */
final class Client implements AutoCloseable {
    private final RawConnection connection;
    private final Wire wire;
    private final boolean stream;
    private final StringBuilder body = new StringBuilder();
    private final Map<String, String> headers = new HashMap<>();
    private String status = "";

    Client(WholeServer server, Wire wire, boolean stream) throws IOException {
        this.connection = new RawConnection(server.port());
        this.wire = wire;
        this.stream = stream;
    }

    /** Sends the request, with headers each as a whole line. */
    Client ask(Ask ask, String... lines) throws IOException {
        connection.post(wire.path, wire.body(ask, stream).orElseThrow().toString(), lines);
        return this;
    }

    /** Reads a stream until a text is in it. */
    void readUntil(String text) throws IOException {
        readHead();
        while (body.indexOf(text) < 0) {
            String chunk = connection.chunk();
            if (chunk.isEmpty()) {
                throw new AssertionError("the stream ended: " + body);
            }
            body.append(chunk);
        }
    }

    /** Reads a stream's head. */
    void readHead() throws IOException {
        if (status.isEmpty()) {
            connection.readHead().lines().forEach(line -> {
                int colon = line.indexOf(": ");
                if (colon < 0) {
                    status = line;
                } else {
                    headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
                }
            });
        }
    }

    /** Reads the rest of the reply. */
    RawConnection.Reply read() throws IOException {
        if (status.isEmpty()) {
            return connection.read();
        }
        for (String chunk = connection.chunk(); !chunk.isEmpty(); chunk = connection.chunk()) {
            body.append(chunk);
        }
        return new RawConnection.Reply(status, headers, body.toString());
    }

    /** Leaves, whatever is still to come. */
    @Override
    public void close() throws IOException {
        connection.close();
    }
}
