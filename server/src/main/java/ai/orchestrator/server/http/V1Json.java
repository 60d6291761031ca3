package ai.orchestrator.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.Arrays;

/** JSON as the {@code /v1} endpoints send it: its type names no charset, and a line end follows. */
public final class V1Json {
    /** What such a reply is. */
    public static final Header TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

    private V1Json() {}

    /** The value's bytes with the line end. */
    public static byte[] of(JsonText.Writing writing) {
        byte[] bytes = JsonText.of(writing);
        byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
        line[bytes.length] = '\n';
        return line;
    }

    /** Sends a reply with status 200. */
    public static void send(Exchange exchange, JsonText.Writing writing) {
        exchange.send(200, TYPE, of(writing));
    }
}
