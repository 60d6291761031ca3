package ai.orchestrator.server.web;

import ai.orchestrator.server.web.PageFailure.Kind;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A URL whose text may be fetched; where its name leads is checked when it is looked up.
 *
 * @param trusted whether the operator named this server, so that its address may be any
 */
record PageUrl(HttpUrl url, boolean trusted) {
    private static final int MAX_CHARS = 2_048;
    private static final Pattern UNUSABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}\\\\]");
    private static final Pattern PARTS =
            Pattern.compile("(https?)://([^/?#]*)([^#]*)(?:#.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    private static final Pattern QUAD = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})(?:\\.(?!$)|$)){4}");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)");

    /** Names that only mean something inside a network or a cloud. */
    private static final Set<String> INNER_NAMES = Set.of(
            "localhost", "local", "internal", "intranet", "lan", "home.arpa", "metadata.azure.com", "metadata.goog");

    /** @throws PageFailure if it may not be fetched */
    static PageUrl of(String text, FetchRules rules) {
        if (text.length() > MAX_CHARS) {
            throw bad("The URL is longer than " + MAX_CHARS + " characters.");
        }
        if (UNUSABLE.matcher(text).find()) {
            throw bad("The URL has a space, a backslash or an invisible character in it.");
        }
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw bad("Only http and https URLs are fetched.");
        }
        String authority = parts.group(2);
        if (authority.contains("@")) {
            throw bad("A URL with a user's name in it is not fetched.");
        }
        return of(uri(parts.group(1) + "://" + ascii(authority) + parts.group(3)), rules);
    }

    private static PageUrl of(URI uri, FetchRules rules) {
        String host = Optional.ofNullable(uri.getHost())
                .orElseThrow(() -> bad("The URL has no host that can be read without doubt."))
                .toLowerCase(Locale.ROOT);
        HttpUrl url = Optional.ofNullable(HttpUrl.parse(uri.toASCIIString()))
                .orElseThrow(() -> bad("The URL cannot be read."));
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (rules.allowPrivate().contains(new HostAndPort(bare, url.port()))) {
            return new PageUrl(url, true);
        }
        if (!rules.ports().contains(url.port())) {
            throw bad("The URL has a port that is not fetched from.");
        }
        if (host.startsWith("[") || QUAD.matcher(host).matches()) {
            requirePublic(bare);
        } else {
            requireName(host, url.host());
        }
        return new PageUrl(url, false);
    }

    private static void requirePublic(String address) {
        try {
            if (!PublicAddresses.contain(InetAddress.ofLiteral(address))) {
                throw new PageFailure(
                        Kind.PRIVATE_ADDRESS, "The URL leads to an address that is not of the public web.");
            }
        } catch (IllegalArgumentException e) {
            throw bad("The URL's address cannot be read.");
        }
    }

    private static void requireName(String host, String asConnected) {
        if (ENDS_IN_NUMBER.matcher(host).matches()) {
            throw bad("The URL has a number for a host that programs read in different ways.");
        }
        if (host.endsWith(".") || host.indexOf('.') < 0 || host.contains("..")) {
            throw bad("The URL's host is not a whole name of the public web.");
        }
        if (INNER_NAMES.stream().anyMatch(name -> host.equals(name) || host.endsWith("." + name))) {
            throw new PageFailure(Kind.PRIVATE_ADDRESS, "The URL's host is a name of an inner network.");
        }
        if (!host.equals(asConnected)) {
            throw bad("The URL has a host that programs read in different ways.");
        }
    }

    /** The authority with its host in ASCII. A number in letters of another script is nobody's honest spelling. */
    private static String ascii(String authority) {
        if (authority.chars().allMatch(c -> c < 0x80)) {
            return authority;
        }
        Matcher port = PORT.matcher(authority);
        String host = port.replaceFirst("");
        try {
            String ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
            if (ENDS_IN_NUMBER.matcher(ascii).matches()) {
                throw bad("The URL has a number for a host that programs read in different ways.");
            }
            return ascii + authority.substring(host.length());
        } catch (IllegalArgumentException e) {
            throw bad("The URL's host is not a name.");
        }
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw bad("The URL cannot be read.");
        }
    }

    private static PageFailure bad(String sentence) {
        return new PageFailure(Kind.BAD_URL, sentence);
    }
}
