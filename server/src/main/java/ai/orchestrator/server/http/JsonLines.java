package ai.orchestrator.server.http;

import ai.orchestrator.plugin.PluginFailure;

/**
 * A reply of one JSON object a line. The status and the headers go out with the first line. Each method throws
 * {@link PluginFailure.Cancelled} when the client has left.
 */
public final class JsonLines {
    private static final int FULL = 8192;

    private final StreamedBody body;

    /** A reply that has not begun. */
    public JsonLines(Exchange exchange) {
        this.body = new StreamedBody(exchange);
    }

    /** Writes a line; it goes out at once. */
    public void send(JsonText.Writing writing) {
        body.json("", writing, "\n").flush();
    }

    /** Writes a line that may wait for the next ones, for an answer that is there already. */
    public void buffer(JsonText.Writing writing) {
        if (body.json("", writing, "\n").size() >= FULL) {
            body.flush();
        }
    }

    /** Ends the reply. */
    public void end() {
        body.end();
    }
}
