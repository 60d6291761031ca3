package ai.orchestrator.bench.peer;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A program that passes each request on through OkHttp, and the reply back, without a look at either: what any gateway of this kind has to do at least. */
public final class PassOn {
    private static final int IDLE_CONNECTIONS = 256;
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Header JSON_REPLY = HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json");

    private PassOn() {}

    /** Takes the port, the path, and the URL that all is passed on to. */
    public static void main(String[] arguments) {
        OkHttpClient client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
                .readTimeout(Duration.ofMinutes(2))
                .build();
        String url = arguments[2];
        BareServer.start(
                Integer.parseInt(arguments[0]),
                routing -> routing.post(arguments[1], (request, response) -> passOn(client, url, request, response)));
    }

    private static void passOn(OkHttpClient client, String url, ServerRequest request, ServerResponse response)
            throws IOException {
        byte[] body = request.content().inputStream().readAllBytes();
        Request passed = new Request.Builder()
                .url(url)
                .post(RequestBody.create(body, JSON))
                .build();
        try (Response reply = client.newCall(passed).execute()) {
            response.status(reply.code());
            response.header(JSON_REPLY);
            response.send(reply.body().bytes());
        }
    }
}
