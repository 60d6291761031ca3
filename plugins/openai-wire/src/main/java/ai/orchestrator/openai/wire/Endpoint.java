package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A server that speaks the wire.
 *
 * @param baseUrl what every path is put behind, without a slash at the end, such as {@code https://openrouter.ai/api/v1}
 * @param apiKey sent as a bearer token; never shown
 * @param headers sent with every request, {@code User-Agent} among them
 */
public record Endpoint(URI baseUrl, Optional<String> apiKey, Map<String, String> headers, Timeouts timeouts) {
    public Endpoint {
        headers = Map.copyOf(headers);
    }

    /**
     * Reads a base URL as an operator writes it.
     *
     * @throws InvalidSettingException if it is no http or https address, or has more than a host, a port and a path
     */
    public static URI baseUrl(String setting, String text) {
        try {
            URI url = new URI(text.replaceAll("/+$", ""));
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean plain = url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null;
            if (plain && (scheme.equals("https") || scheme.equals("http"))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // told below; the parser's own message would repeat the text, which may hold a password
        }
        throw new InvalidSettingException(
                setting, "expected an address such as https://host/v1, without user, query or fragment");
    }

    /**
     * Checks what is sent as a header's value.
     *
     * @throws InvalidSettingException if it has characters other than printable ASCII; the message does not show it
     */
    public static String headerValue(String setting, String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new InvalidSettingException(setting, "expected printable ASCII characters only");
        }
        return text;
    }

    /**
     * Reads {@code headers}, a section of names and values.
     *
     * @throws InvalidSettingException if a name is none, or as {@link #headerValue} says; the message shows no value
     */
    public static Map<String, String> headers(Settings settings) {
        Settings section = settings.section("headers");
        Map<String, String> headers = new TreeMap<>();
        for (String name : section.names()) {
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                throw new InvalidSettingException("headers." + name, "is no name of an HTTP header");
            }
            section.optionalText(name).ifPresent(value -> headers.put(name, headerValue("headers." + name, value)));
        }
        return headers;
    }

    /** The server's address without a path, such as {@code https://openrouter.ai}. */
    public String origin() {
        return baseUrl.getScheme() + "://" + host();
    }

    /** The server's name in messages. */
    public String host() {
        return baseUrl.getPort() < 0 ? baseUrl.getHost() : baseUrl.getHost() + ":" + baseUrl.getPort();
    }

    /** A far side's words without the key, should they repeat it. */
    String withoutKey(String text) {
        return apiKey.map(key -> text.replace(key, "***")).orElse(text);
    }

    /** Shows no header and no key. */
    @Override
    public String toString() {
        return "Endpoint[" + baseUrl + "]";
    }
}
