package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.Hops;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one server. No redirect is followed: it would carry the prompt, and perhaps the key, to where the operator did not send
 * them.
 */
final class HttpUpstream implements AutoCloseable {
    /** As many as calls may well be made at once: what does not fit is closed after each call, and costs the next one a connection. */
    private static final int MOST_IDLE = 256;

    private static final int IDLE_MINUTES = 5;

    private final Endpoint endpoint;

    /** Of the few paths that are posted to. */
    private final Map<String, HttpUrl> addresses = new ConcurrentHashMap<>();

    private final Headers headers;
    // the client itself forgets a call when the reply's head is there
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private @Nullable OkHttpClient client;
    private volatile boolean closed;

    HttpUpstream(Endpoint endpoint) {
        this.endpoint = endpoint;
        Headers.Builder all = new Headers.Builder();
        endpoint.headers().forEach(all::add);
        endpoint.apiKey().ifPresent(key -> all.add("Authorization", "Bearer " + key));
        headers = all.build();
    }

    /** Made for the first call: it takes a good part of the server's start, and some servers are configured and never called. */
    private synchronized OkHttpClient client() {
        if (client == null) {
            client = newClient(endpoint.timeouts());
        }
        return client;
    }

    private static OkHttpClient newClient(Timeouts timeouts) {
        StaleConnections stale = new StaleConnections();
        return new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(MOST_IDLE, IDLE_MINUTES, TimeUnit.MINUTES))
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.firstByte())
                .writeTimeout(timeouts.idle())
                .addInterceptor(stale::retry)
                .addNetworkInterceptor(stale::check)
                .addNetworkInterceptor(chain -> {
                    Phase phase = chain.request().tag(Phase.class);
                    if (phase != null) {
                        phase.connected();
                    }
                    return chain.proceed(chain.request());
                })
                .build();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    boolean isClosed() {
        return closed;
    }

    Call post(String path, byte[] json, Phase phase) {
        // not compressed: a compressor on the way would hold small pieces of a stream back
        return call(
                request(addresses.computeIfAbsent(path, this::address), phase)
                        .header("Accept", "text/event-stream, application/x-ndjson, application/json")
                        .header("Accept-Encoding", "identity")
                        .post(new PaidBody(json))
                        .build(),
                phase);
    }

    Call get(String path, Phase phase) {
        return call(
                request(address(path), phase)
                        .header("Accept", "application/json")
                        .build(),
                phase);
    }

    /** A call that {@link #close} is to end; has to be followed by {@link #ended}. */
    void begins(Call call) {
        running.add(call);
        if (closed) {
            call.cancel();
        }
    }

    void ended(Call call) {
        running.remove(call);
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(Call::cancel);
        closeClient();
    }

    private synchronized void closeClient() {
        if (client != null) {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    private HttpUrl address(String path) {
        return HttpUrl.get(endpoint.baseUrl() + "/" + path);
    }

    private Request.Builder request(HttpUrl address, Phase phase) {
        Request.Builder request =
                new Request.Builder().url(address).headers(headers).tag(Phase.class, phase);
        String hops = Hops.passed();
        return hops.isEmpty() ? request : request.header(Hops.HEADER, hops);
    }

    private Call call(Request request, Phase phase) {
        Call call = client().newCall(request);
        call.timeout().timeout(Math.max(1, phase.deadline().left().toNanos()), TimeUnit.NANOSECONDS);
        return call;
    }
}
