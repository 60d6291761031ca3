package ai.orchestrator.server.search;

import java.util.List;

/**
 * The web hosts whose pages may be shown. A rule holds for a host and all below it; documents of this machine have no host and are always shown.
 *
 * @param allowed where there are any, only these
 * @param blocked never these, allowed or not
 */
public record HostRules(List<String> allowed, List<String> blocked) {
    /** Every host may be shown. */
    public static final HostRules NONE = new HostRules(List.of(), List.of());

    public HostRules {
        allowed = allowed.stream().map(HostRules::canonical).toList();
        blocked = blocked.stream().map(HostRules::canonical).toList();
    }

    /** Whether pages of this host may be shown; as {@link CanonicalUrl#host}. */
    boolean admits(String host) {
        return host.isEmpty()
                || ((allowed.isEmpty() || allowed.stream().anyMatch(rule -> covers(rule, host)))
                        && blocked.stream().noneMatch(rule -> covers(rule, host)));
    }

    private static boolean covers(String rule, String host) {
        return host.equals(rule) || host.endsWith("." + rule);
    }

    private static String canonical(String host) {
        return CanonicalUrl.of("https://" + host.strip() + "/")
                .map(CanonicalUrl::host)
                .orElseThrow(() -> new IllegalArgumentException("'" + host + "' is not the name of a host"));
    }
}
