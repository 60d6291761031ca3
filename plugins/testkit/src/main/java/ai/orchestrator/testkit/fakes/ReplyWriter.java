package ai.orchestrator.testkit.fakes;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes one reply of a fake server piece by piece, each piece on its way when the call returns. */
public final class ReplyWriter {
    private final HttpExchange exchange;
    private final RecordedCall call;
    private final LoopbackServer server;

    ReplyWriter(HttpExchange exchange, RecordedCall call, LoopbackServer server) {
        this.exchange = exchange;
        this.call = call;
        this.server = server;
    }

    /** @param headers names and values by turns */
    public ReplyWriter head(int status, String contentType, String... headers) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
        }
        exchange.sendResponseHeaders(status, 0);
        return this;
    }

    /** Sends one server-sent event. */
    public void event(String data) throws IOException {
        write("data: " + data + "\n\n");
    }

    /** Sends one line of newline-delimited JSON. */
    public void line(String json) throws IOException {
        write(json + "\n");
    }

    public void write(String piece) throws IOException {
        write(piece.getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] piece) throws IOException {
        try {
            exchange.getResponseBody().write(piece);
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            call.abortedNow();
            throw e;
        }
    }

    /** Waits until the server is closed. */
    public void stall() throws IOException {
        while (!closingWithin(Duration.ofMinutes(1))) {
            // nothing is sent
        }
        throw new IOException("closed");
    }

    /** Waits for a while; tells whether the server is being closed. */
    public boolean closingWithin(Duration time) throws IOException {
        return server.closingWithin(time);
    }
}
