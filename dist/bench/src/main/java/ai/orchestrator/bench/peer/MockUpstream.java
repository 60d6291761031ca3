package ai.orchestrator.bench.peer;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program that answers as a server with OpenAI's wire does: with the same answer to everybody, streamed or whole, after the same short time. It tells how often it was
 * asked at {@code /calls}.
 */
public final class MockUpstream {
    /** The only model there is. */
    public static final String MODEL = "bench";

    /** What it answers. */
    static final String ANSWER =
            "The old town by the sea has grown from a landing place of the first ships. ".repeat(7);

    private static final Header JSON = HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header EVENTS = HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/event-stream");
    private static final String MODELS = "{\"object\":\"list\",\"data\":[{\"id\":\"" + MODEL
            + "\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"bench\"}]}";
    private static final String HEAD =
            "{\"id\":\"chatcmpl-bench\",\"object\":\"%s\",\"created\":1700000000,\"model\":\"" + MODEL + "\",";
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":90,\"completion_tokens\":110,\"total_tokens\":200}}";

    private static final byte[] WHOLE = ascii(HEAD.formatted("chat.completion")
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + ANSWER
            + "\"},\"finish_reason\":\"stop\"}]," + USAGE);

    private static final byte[] STREAM =
            ascii(event("\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"" + ANSWER
                            + "\"},\"finish_reason\":null}]}")
                    + event("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}")
                    + event("\"choices\":[]," + USAGE) + "data: [DONE]\n\n");

    private static final byte[] STREAMED = ascii("\"stream\":true");

    private MockUpstream() {}

    /** Takes the port, and how long to wait before an answer, in microseconds. */
    public static void main(String[] arguments) {
        Duration delay = Duration.ofNanos(Long.parseLong(arguments[1]) * 1_000);
        AtomicLong calls = new AtomicLong();
        BareServer.start(Integer.parseInt(arguments[0]), routing -> routing.get(
                        "/v1/models",
                        (request, response) -> response.header(JSON).send(ascii(MODELS)))
                .get("/calls", (request, response) -> response.send(String.valueOf(calls.get())))
                .post("/v1/chat/completions", (request, response) -> {
                    calls.incrementAndGet();
                    answer(request, response, delay);
                }));
    }

    private static void answer(ServerRequest request, ServerResponse response, Duration delay)
            throws IOException, InterruptedException {
        boolean streamed = contains(request.content().inputStream().readAllBytes(), STREAMED);
        if (delay.isPositive()) {
            Thread.sleep(delay);
        }
        response.header(streamed ? EVENTS : JSON);
        response.send(streamed ? STREAM : WHOLE);
    }

    private static String event(String rest) {
        return "data: " + HEAD.formatted("chat.completion.chunk") + rest + "\n\n";
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int from = 0; from <= bytes.length - wanted.length; from++) {
            int same = 0;
            while (same < wanted.length && bytes[from + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
