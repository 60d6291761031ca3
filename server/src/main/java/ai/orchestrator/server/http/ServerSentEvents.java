package ai.orchestrator.server.http;

import ai.orchestrator.plugin.PluginFailure;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;

/**
 * A reply of server-sent events whose data are JSON objects, as the {@code /v1} surfaces stream. The status and the headers go out with the first
 * event. Each method throws {@link PluginFailure.Cancelled} when the client has left.
 */
public final class ServerSentEvents {
    /** What such a reply is. */
    public static final Header TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");

    private static final int FULL = 8192;

    private final StreamedBody body;
    private final boolean atOnce;

    /**
     * A reply that has not begun.
     *
     * @param atOnce whether each event goes out as it comes; else several go out together, for an answer that is there already
     */
    public ServerSentEvents(Exchange exchange, boolean atOnce) {
        this.body = new StreamedBody(exchange);
        this.atOnce = atOnce;
    }

    /** Sends an event without a name. */
    public void send(JsonText.Writing data) {
        body.json("data: ", data, "\n\n");
        sent();
    }

    /** Sends an event with a name. */
    public void send(String name, JsonText.Writing data) {
        body.json("event: " + name + "\ndata: ", data, "\n\n");
        sent();
    }

    /** Sends an event whose data are no JSON, in one line. */
    public void sendText(String data) {
        body.text("data: " + data + "\n\n");
        sent();
    }

    /** Sends a sign of life, which clients pass over. */
    public void comment() {
        body.text(":\n\n").flush();
    }

    /** Ends the reply. */
    public void end() {
        body.end();
    }

    private void sent() {
        if (atOnce || body.size() >= FULL) {
            body.flush();
        }
    }
}
