package ai.orchestrator.server.search;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one form of all URLs that lead to the same page, for telling duplicates; never shown to anybody.
 *
 * @param text the form
 * @param host without {@code www.}; empty for a document of this machine
 */
record CanonicalUrl(String text, String host) {
    private static final int MAX_CHARS = 2_048;
    private static final Pattern UNUSABLE = Pattern.compile("[\\s\\p{Cc}\\p{Cf}<>\"]");
    private static final Set<String> TRACKING =
            Set.of("gclid", "fbclid", "ref", "ref_src", "igshid", "amp", "msclkid", "yclid", "dclid");
    private static final Pattern PAGE_END = Pattern.compile("(?:/+|/index\\.html?|/amp)$");

    /** The form; empty if the text is no absolute URL that may be shown: {@code http}, {@code https} or {@code doc:}. */
    static Optional<CanonicalUrl> of(String url) {
        if (url.length() > MAX_CHARS || UNUSABLE.matcher(url).find()) {
            return Optional.empty();
        }
        if (url.regionMatches(true, 0, "doc:", 0, 4)) {
            return url.length() > 4 ? Optional.of(new CanonicalUrl("doc:" + url.substring(4), "")) : Optional.empty();
        }
        try {
            URI uri = new URI(url);
            return isWeb(uri) ? page(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isWeb(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    private static Optional<CanonicalUrl> page(URI uri) {
        return Optional.ofNullable(uri.getRawAuthority())
                .filter(authority -> !authority.contains("@"))
                .flatMap(CanonicalUrl::host)
                .map(authority -> new CanonicalUrl(
                        "https://" + authority + path(uri.getRawPath()) + query(uri),
                        authority.replaceFirst(":\\d+$", "")));
    }

    /** Host and port, without the default ones' ports. */
    private static Optional<String> host(String authority) {
        String port = authority.replaceFirst("^.*?(:\\d*)?$", "$1");
        String host = authority.substring(0, authority.length() - port.length());
        try {
            host = IDN.toASCII(host).toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        while (host.startsWith("www.") && host.indexOf('.', 4) > 0) {
            host = host.substring(4);
        }
        boolean defaultPort = Set.of("", ":", ":80", ":443").contains(port);
        return host.isEmpty() ? Optional.empty() : Optional.of(host + (defaultPort ? "" : port));
    }

    private static String path(String raw) {
        String path = raw;
        String shorter = shorten(path);
        while (!shorter.equals(path)) {
            path = shorter;
            shorter = shorten(path);
        }
        return path;
    }

    private static String shorten(String path) {
        return PAGE_END.matcher(path.replaceFirst("\\.amp(\\.html?)?$", "$1")).replaceFirst("");
    }

    private static String query(URI uri) {
        String kept = Optional.ofNullable(uri.getRawQuery()).stream()
                .flatMap(query -> Arrays.stream(query.split("&", -1)))
                .filter(parameter -> !parameter.isEmpty() && !tracks(parameter))
                .sorted()
                .collect(Collectors.joining("&"));
        return kept.isEmpty() ? "" : "?" + kept;
    }

    private static boolean tracks(String parameter) {
        String name = parameter.replaceFirst("=.*$", "").toLowerCase(Locale.ROOT);
        return name.startsWith("utm_") || name.startsWith("mc_") || TRACKING.contains(name);
    }
}
