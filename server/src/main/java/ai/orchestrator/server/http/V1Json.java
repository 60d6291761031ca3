package ai.orchestrator.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;

/** JSON as the {@code /v1} endpoints send it: its type names no charset, and a line end follows. */
public final class V1Json {
    /** What such a reply is. */
    public static final Header TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

    private V1Json() {}

    /** The value's bytes with the line end. */
    public static byte[] of(JsonText.Writing writing) {
        return JsonText.line(writing);
    }

    /** Sends a reply with status 200. */
    public static void send(Exchange exchange, JsonText.Writing writing) {
        exchange.send(200, TYPE, of(writing));
    }
}
