package ai.orchestrator.server.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How often one client address may call: a token bucket that holds {@code requests} and fills up within {@code period}. Reading calls are free, so that
 * health checks and dashboards are never refused. The buckets of the addresses seen last are kept.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6585#section-4">RFC 6585, status 429</a>
 */
final class RateLimit implements Filter {
    private static final int ADDRESSES = 10_000;

    private final int requests;
    private final long nanosPerRequest;
    private final LongSupplier nanoTime;
    private final Function<String, ErrorStyle> errorsAt;

    /** By address, the one used last at the end; guarded by itself. */
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES;
        }
    };

    /** @param errorsAt the shape of errors at a path */
    RateLimit(int requests, Duration period, LongSupplier nanoTime, Function<String, ErrorStyle> errorsAt) {
        this.requests = requests;
        this.nanosPerRequest = Math.max(1, period.toNanos() / requests);
        this.nanoTime = nanoTime;
        this.errorsAt = errorsAt;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Method method = request.prologue().method();
        if (method.equals(Method.GET) || method.equals(Method.HEAD) || method.equals(Method.OPTIONS)) {
            chain.proceed();
            return;
        }
        Duration wait = take(request.remotePeer().host());
        if (wait.isZero()) {
            chain.proceed();
            return;
        }
        new Exchange(request, response)
                .sendProblem(
                        new HttpProblem(429, "too many requests, please try again later", Optional.of(wait)),
                        errorsAt.apply(request.path().path()));
    }

    /** Counts a call; how long the caller has to wait, zero if not at all. */
    Duration take(String address) {
        long now = nanoTime.getAsLong();
        synchronized (buckets) {
            return buckets.computeIfAbsent(address, ignored -> new Bucket(now)).take(now);
        }
    }

    private final class Bucket {
        /** When the bucket will be full again, if no more calls come. */
        private long fullAt;

        private Bucket(long now) {
            fullAt = now;
        }

        private Duration take(long now) {
            long earliest = Math.max(fullAt - now, 0) + nanosPerRequest;
            long over = earliest - requests * nanosPerRequest;
            if (over > 0) {
                return Duration.ofNanos(over);
            }
            fullAt = now + earliest;
            return Duration.ZERO;
        }
    }
}
