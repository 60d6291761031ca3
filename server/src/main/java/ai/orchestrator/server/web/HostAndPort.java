package ai.orchestrator.server.web;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server.
 *
 * @param host in small letters; an IPv6 address has no brackets
 * @param port 1 to 65535
 */
public record HostAndPort(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");

    /** Reads {@code host:port} or {@code [address]:port}; empty if it is neither. */
    public static Optional<HostAndPort> of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(3));
        String host = Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2));
        return port < 1 || port > 65_535
                ? Optional.empty()
                : Optional.of(new HostAndPort(host.toLowerCase(Locale.ROOT), port));
    }
}
