package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Fetches small replies from the configured server, within a deadline that covers name look-up, waiting and reading alike. */
final class Fetcher implements AutoCloseable {
    /** In bytes, after decompression. */
    private static final int LONGEST_BODY = 2 << 20;

    private static final int MOST_AT_ONCE = 64;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final OkHttpClient client;

    Fetcher() {
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(MOST_AT_ONCE);
        dispatcher.setMaxRequestsPerHost(MOST_AT_ONCE);
        client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .followRedirects(false)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /**
     * What the server replied, whatever the status; the body is read for a success only.
     *
     * @throws PluginFailure if there is no whole reply by the deadline
     */
    Reply fetch(Request request, Duration deadline) {
        Call call = client.newCall(request);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call answered, Response response) {
                try (response) {
                    reply.complete(read(response));
                } catch (IOException | RuntimeException e) {
                    reply.completeExceptionally(e);
                }
            }

            @Override
            public void onFailure(Call failed, IOException e) {
                reply.completeExceptionally(new Unreachable(e));
            }
        });
        try {
            return reply.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.cancel();
            throw new PluginFailure.Retriable(
                    FailureCode.TIMEOUT, "SearXNG did not answer within " + deadline.toMillis() + " ms.");
        } catch (InterruptedException e) {
            call.cancel();
            Thread.currentThread().interrupt();
            throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "The search was interrupted.", e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        threads.shutdownNow();
        client.connectionPool().evictAll();
    }

    private static Reply read(Response response) throws IOException {
        byte[] body = response.isSuccessful() ? response.body().byteStream().readNBytes(LONGEST_BODY + 1) : new byte[0];
        if (body.length > LONGEST_BODY) {
            throw new PluginFailure.Permanent(FailureCode.BAD_REPLY, "SearXNG's answer is longer than 2 MB.");
        }
        return new Reply(response.code(), response.headers(), body);
    }

    private static PluginFailure failure(ExecutionException e) {
        return switch (e.getCause()) {
            case PluginFailure failure -> failure;
            case Unreachable unreachable ->
                new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "SearXNG cannot be reached.", unreachable);
            case IOException broken ->
                new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "SearXNG's answer broke off.", broken);
            case null, default ->
                new PluginFailure.Permanent(FailureCode.INTERNAL, "Asking SearXNG failed unexpectedly.", e);
        };
    }

    /** No reply began. */
    private static final class Unreachable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreachable(IOException cause) {
            super(cause);
        }
    }
}
