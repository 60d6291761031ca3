package ai.orchestrator.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the server listens.
 *
 * @param host the address or name to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param maxBody the largest request body in bytes
 * @param legacyMaxBody the same for the old service's calls
 * @param origins browser origins that are allowed beside the usual local ones
 * @param hosts names allowed in a {@code Host} header beside the usual local ones
 * @param shutdownGrace how long running requests may take to end at shutdown
 * @param rateLimit empty where calls are not limited
 * @param maxRequests how many requests are answered at once, those that wait for a model included
 */
public record ServerConfig(
        String host,
        int port,
        long maxBody,
        long legacyMaxBody,
        List<String> origins,
        List<String> hosts,
        Duration shutdownGrace,
        Optional<RateLimit> rateLimit,
        int maxRequests,
        AccessConfig access,
        CloudConfig cloud) {

    public ServerConfig {
        origins = List.copyOf(origins);
        hosts = List.copyOf(hosts);
    }

    /**
     * How often one client may call.
     *
     * @param requests more than zero
     * @param period more than zero
     */
    public record RateLimit(int requests, Duration period) {}

    /** Whether other machines can reach the server. */
    boolean exposed() {
        return !Loopback.is(host);
    }

    /** The same on another port. */
    public ServerConfig withPort(int other) {
        return new ServerConfig(
                host,
                other,
                maxBody,
                legacyMaxBody,
                origins,
                hosts,
                shutdownGrace,
                rateLimit,
                maxRequests,
                access,
                cloud);
    }

    /** Where a client on this machine finds the server, such as {@code http://127.0.0.1:5732}. */
    public String url() {
        String reachable =
                switch (host) {
                    case "0.0.0.0" -> "127.0.0.1";
                    case "::", "0:0:0:0:0:0:0:0" -> "::1";
                    default -> host;
                };
        return "http://" + joined(reachable);
    }

    /** The address that is listened on, such as {@code 127.0.0.1:5732}. */
    public String address() {
        return joined(host);
    }

    private String joined(String name) {
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
}
