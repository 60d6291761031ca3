package ai.orchestrator.server.web;

import java.util.Set;

/**
 * What may be fetched beyond the public web at its usual ports.
 *
 * @param ports of public servers
 * @param allowPrivate servers that may be fetched from whatever their addresses are
 */
public record FetchRules(Set<Integer> ports, Set<HostAndPort> allowPrivate) {
    /** The public web alone. */
    public static final FetchRules PUBLIC = new FetchRules(Set.of(80, 443), Set.of());

    public FetchRules {
        ports = Set.copyOf(ports);
        allowPrivate = Set.copyOf(allowPrivate);
    }
}
