package ai.orchestrator.server.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses requests whose {@code Host} is not this machine, so that no web page reaches the server through a name of its own (DNS rebinding). */
final class HostCheck implements Filter {
    private final Set<String> listed;

    /** @param listed further names that count as this machine's, such as the one a reverse proxy is reached by */
    HostCheck(List<String> listed) {
        this.listed =
                listed.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (allows(request.authority())) {
            chain.proceed();
            return;
        }
        response.status(Status.FORBIDDEN_403).send();
    }

    /** Whether a {@code Host} header names this machine. */
    boolean allows(String authority) {
        String host = hostOf(authority).toLowerCase(Locale.ROOT);
        return host.isEmpty()
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || host.endsWith(".local")
                || host.endsWith(".internal")
                || listed.contains(host)
                || isNearAddress(host)
                || host.equals(machineName());
    }

    private static String hostOf(String authority) {
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end < 0 ? authority : authority.substring(1, end);
        }
        int colon = authority.lastIndexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    private static boolean isNearAddress(String host) {
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (IllegalArgumentException | SocketException e) {
            return false;
        }
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
