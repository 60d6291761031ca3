package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/** Speaks HTTP with one {@code llama-server}, each call over a connection of its own. */
final class ServerClient implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    private static final MediaType TYPE = MediaType.get("application/json");
    private static final long LONGEST_LINE = 16L << 20;

    private final OkHttpClient client;

    ServerClient(Path socket) {
        client = new OkHttpClient.Builder()
                .socketFactory(UnixSocket.factory(socket))
                .dns(host -> List.of(InetAddress.getLoopbackAddress()))
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .retryOnConnectionFailure(false)
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
    }

    /** Whether the model is loaded. */
    boolean isReady() {
        try (Response response =
                client.newCall(new Request.Builder().url(url("health")).build()).execute()) {
            return response.isSuccessful();
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes the data of an event. */
    interface Events {
        /** Says whether to go on. */
        boolean take(JsonNode data);
    }

    /**
     * Asks for an answer in one piece.
     *
     * @throws PluginFailure if the server refuses, or the call breaks off
     */
    JsonNode ask(String path, Object body, CallControl control) {
        return exchange(path, body, control, source -> JSON.readTree(source.inputStream()));
    }

    /**
     * Asks for an answer in events, and passes them on until there are no more or no more are wanted.
     *
     * @throws PluginFailure as {@link #ask}
     */
    void stream(String path, Object body, CallControl control, Events events) {
        exchange(path, body, control, source -> {
            boolean more = true;
            while (more && !source.exhausted()) {
                more = take(source.readUtf8LineStrict(LONGEST_LINE), control, events);
            }
            return more;
        });
    }

    /** A method of its own, so that it is compiled: the loop around it runs but once an answer. */
    private static boolean take(String line, CallControl control, Events events) throws IOException {
        control.check();
        if (line.startsWith("data: {")) {
            JsonNode data = JSON.readTree(line.substring("data: ".length()));
            if (data.has("error")) {
                throw ServerRefusal.of(data.path("error"));
            }
            return events.take(data);
        }
        if (line.startsWith("error: {")) {
            throw ServerRefusal.of(JSON.readTree(line.substring("error: ".length())));
        }
        return true;
    }

    private interface Reader<T> {
        T read(BufferedSource source) throws IOException;
    }

    private <T> T exchange(String path, Object body, CallControl control, Reader<T> reader) {
        Call call = client.newCall(new Request.Builder()
                .url(url(path))
                .header("Connection", "close")
                .post(RequestBody.create(json(body), TYPE))
                .build());
        control.onStop(call::cancel);
        try (Response response = call.execute()) {
            try {
                BufferedSource source = response.body().source();
                if (!response.isSuccessful()) {
                    throw ServerRefusal.of(response.code(), source.readUtf8());
                }
                return reader.read(source);
            } finally {
                // closing alone would first read on, and the server would go on writing
                call.cancel();
            }
        } catch (IOException e) {
            control.check();
            throw new PluginFailure.Retriable(
                    FailureCode.BROKEN_OFF, "the answer broke off: the model's process has ended", e);
        } finally {
            control.onStop(() -> {});
        }
    }

    private static byte[] json(Object body) {
        try {
            // halves of characters, which are none, become question marks
            return JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("trees are always JSON", e);
        }
    }

    private static String url(String path) {
        return "http://localhost/" + path;
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
