package ai.orchestrator.search.http;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Fetches small replies from the configured server, within a deadline that covers name look-up, waiting and reading alike. Redirects are
 * not followed, cookies not kept; gzip is asked for, and undone, by OkHttp.
 */
public final class Fetcher implements AutoCloseable {
    private final String service;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final OkHttpClient client;

    /**
     * @param service what messages call the server
     * @param mostAtOnce calls under way; more wait for their turn within their own deadlines
     */
    public Fetcher(String service, int mostAtOnce) {
        this.service = service;
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(mostAtOnce);
        dispatcher.setMaxRequestsPerHost(mostAtOnce);
        client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .followRedirects(false)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /**
     * What the server replied, whatever the status. A refusal counts as soon as its head is there.
     *
     * @throws PluginFailure if there is no whole reply by the deadline
     */
    public Reply fetch(Request request, Duration deadline) {
        Call call = client.newCall(request);
        Reception reception = new Reception(service);
        call.enqueue(reception);
        CompletableFuture<Reply> reply = reception.reply();
        try {
            return reply.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            Optional<Reply> refusal = reception.refusal();
            call.cancel();
            return refusal.orElseThrow(() -> new PluginFailure.Retriable(
                    FailureCode.TIMEOUT, service + " did not answer within " + deadline.toMillis() + " ms."));
        } catch (InterruptedException e) {
            call.cancel();
            Thread.currentThread().interrupt();
            throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "The call was interrupted.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PluginFailure failure
                    ? failure
                    : new PluginFailure.Permanent(
                            FailureCode.INTERNAL, "Asking " + service + " failed unexpectedly.", e);
        }
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        threads.shutdownNow();
        client.connectionPool().evictAll();
    }
}
