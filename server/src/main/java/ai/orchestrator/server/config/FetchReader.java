package ai.orchestrator.server.config;

import ai.orchestrator.server.web.FetchRules;
import ai.orchestrator.server.web.HostAndPort;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code search.fetch}. */
final class FetchReader {
    private FetchReader() {}

    static FetchConfig read(Section section) {
        return new FetchConfig(
                (int) section.settings().number("pages", 3, 0, 10),
                new FetchRules(ports(section), Set.copyOf(servers(section))));
    }

    private static Set<Integer> ports(Section section) {
        List<String> ports = section.settings().texts("ports");
        if (!ports.stream().allMatch(port -> port.matches("[0-9]{1,5}") && isPort(Integer.parseInt(port)))) {
            throw section.bad("ports", "expected ports, 1 to 65535");
        }
        return ports.isEmpty()
                ? FetchRules.PUBLIC.ports()
                : ports.stream().map(Integer::parseInt).collect(Collectors.toSet());
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65_535;
    }

    private static List<HostAndPort> servers(Section section) {
        List<Optional<HostAndPort>> servers = section.settings().texts("allow_private").stream()
                .map(HostAndPort::of)
                .toList();
        if (!servers.stream().allMatch(Optional::isPresent)) {
            throw section.bad("allow_private", "expected servers as host:port");
        }
        return servers.stream().flatMap(Optional::stream).toList();
    }
}
