package ai.orchestrator.server.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the server listens.
 *
 * @param host the address to bind: a name or a literal
 * @param port 0 for any free one
 * @param maxBodyBytes the largest request body that any surface takes, 1 byte to 1 GB; each surface may take less
 * @param maxConnections most connections at once; -1 for no limit
 * @param maxConcurrentRequests most requests at once, more are answered with 503; -1 for no limit
 * @param idleTimeout how long a connection may stay silent
 * @param stopGrace how long running requests may go on when the server stops
 * @param origins web origins allowed beside those of this machine and of desktop apps, such as {@code https://chat.example.org} or
 *     {@code https://*.example.org}; {@code *} allows all
 * @param hosts names that a {@code Host} header may have beside those of this machine, where only this machine is listened to
 * @param rateLimit how often one client address may call; empty for no limit
 * @param access who may call
 */
public record HttpSettings(
        String host,
        int port,
        long maxBodyBytes,
        int maxConnections,
        int maxConcurrentRequests,
        Duration idleTimeout,
        Duration stopGrace,
        List<String> origins,
        List<String> hosts,
        Optional<CallRate> rateLimit,
        Access access) {
    /** So many calls, each more than zero, in so much time. */
    public record CallRate(int requests, Duration period) {}

    /** 64 MB: a request with a few images. */
    public static final long DEFAULT_MAX_BODY = 64L << 20;

    private static final long LARGEST_BODY = 1L << 30;

    public HttpSettings {
        if (maxBodyBytes < 1 || maxBodyBytes > LARGEST_BODY) {
            throw new IllegalArgumentException("the largest body must be 1 byte to 1 GB, not " + maxBodyBytes);
        }
        origins = List.copyOf(origins);
        hosts = List.copyOf(hosts);
    }

    /** Everybody may call. */
    public HttpSettings(
            String host,
            int port,
            long maxBodyBytes,
            int maxConnections,
            int maxConcurrentRequests,
            Duration idleTimeout,
            Duration stopGrace,
            List<String> origins,
            List<String> hosts,
            Optional<CallRate> rateLimit) {
        this(
                host,
                port,
                maxBodyBytes,
                maxConnections,
                maxConcurrentRequests,
                idleTimeout,
                stopGrace,
                origins,
                hosts,
                rateLimit,
                Access.OPEN);
    }

    /** The defaults on an address. */
    public static HttpSettings at(String host, int port) {
        return new HttpSettings(
                host,
                port,
                DEFAULT_MAX_BODY,
                -1,
                -1,
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** The same for those who may call. */
    public HttpSettings withAccess(Access other) {
        return new HttpSettings(
                host,
                port,
                maxBodyBytes,
                maxConnections,
                maxConcurrentRequests,
                idleTimeout,
                stopGrace,
                origins,
                hosts,
                rateLimit,
                other);
    }
}
