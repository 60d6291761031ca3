package ai.orchestrator.server.web;

import ai.orchestrator.server.web.PageFailure.Kind;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;

/**
 * Asks one server for one thing: no cookies, no credentials, no referrer, no proxy, no redirects, no connection that is used again. At most two
 * calls run at one host at once; more wait for their turn within their own times.
 */
final class PageClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int MOST_CALLS = 32;
    private static final int MOST_CALLS_PER_HOST = 2;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final OkHttpClient guarded;
    private final OkHttpClient trusted;
    private final String userAgent;

    PageClient(String userAgent, Dns names, Dialer dialer) {
        this.userAgent = userAgent;
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(MOST_CALLS);
        dispatcher.setMaxRequestsPerHost(MOST_CALLS_PER_HOST);
        trusted = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectTimeout(CONNECT)
                .dns(names)
                .socketFactory(SocketFactory.getDefault())
                .build();
        guarded = trusted.newBuilder()
                .dns(new CheckedDns(names))
                .socketFactory(new CheckedSockets(dialer))
                .addNetworkInterceptor(new ConnectedCheck())
                .build();
    }

    /**
     * What the server answers; its body only where that has one of the types.
     *
     * @throws PageFailure if there is no whole answer in time
     */
    Reply get(PageUrl url, Set<String> types, Duration within) {
        if (!within.isPositive()) {
            throw new PageFailure(Kind.TIMEOUT, "The page did not come in time.");
        }
        Request request = new Request.Builder()
                .url(url.url())
                .header("User-Agent", userAgent)
                .header(
                        "Accept",
                        "text/html, application/xhtml+xml, text/plain;q=0.9, application/json;q=0.8, */*;q=0.1")
                .header("Accept-Language", "en, *;q=0.5")
                .build();
        Call call = (url.trusted() ? trusted : guarded).newCall(request);
        PageReception reception = new PageReception(types);
        call.enqueue(reception);
        try {
            return reception.reply().get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.cancel();
            throw new PageFailure(Kind.TIMEOUT, "The page did not come in time.");
        } catch (InterruptedException e) {
            call.cancel();
            Thread.currentThread().interrupt();
            throw new PageFailure(Kind.CANCELLED, "The page is no longer waited for.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PageFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("a page's answer could not be read", e);
        }
    }

    @Override
    public void close() {
        guarded.dispatcher().cancelAll();
        threads.shutdownNow();
        guarded.connectionPool().evictAll();
    }
}
