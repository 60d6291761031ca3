package ai.orchestrator.server.config;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads {@code OLLAMA_HOST} as Ollama does, so that its clients and this server find each other by the same value: {@code host},
 * {@code host:port}, {@code :port} (on every interface), {@code [::1]:port}, {@code http://host} (port 80), {@code https://host} (port 443). A bad
 * port, and an absent one, is Ollama's own.
 */
final class OllamaHost {
    private static final int PORT = 11434;
    private static final int HIGHEST_PORT = 65535;

    private OllamaHost() {}

    static ListenAddress parse(String value) {
        String text = unquote(value);
        if (text.isEmpty()) {
            return ListenAddress.NONE;
        }
        int scheme = text.indexOf("://");
        String rest = scheme < 0 ? text : text.substring(scheme + 3);
        int path = rest.indexOf('/');
        String address = path < 0 ? rest : rest.substring(0, path);
        int defaultPort =
                switch (scheme < 0 ? "" : text.substring(0, scheme)) {
                    case "http" -> 80;
                    case "https" -> 443;
                    default -> PORT;
                };
        return address(address, defaultPort);
    }

    private static ListenAddress address(String address, int defaultPort) {
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[");
        boolean hasPort = bracketed ? address.lastIndexOf("]:") == colon - 1 && colon > 0 : isOnly(address, colon);
        if (!hasPort) {
            String host = address.replaceAll("[\\[\\]]", "");
            return of(host.isEmpty() ? "127.0.0.1" : host, defaultPort);
        }
        String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
        return of(host.isEmpty() ? "0.0.0.0" : host, port(address.substring(colon + 1), defaultPort));
    }

    private static boolean isOnly(String address, int colon) {
        return colon >= 0 && address.indexOf(':') == colon;
    }

    private static int port(String text, int defaultPort) {
        try {
            int port = Integer.parseInt(text);
            return port < 0 || port > HIGHEST_PORT ? defaultPort : port;
        } catch (NumberFormatException e) {
            return defaultPort;
        }
    }

    private static ListenAddress of(String host, int port) {
        return new ListenAddress(Optional.of(host), OptionalInt.of(port));
    }

    /** The value without what Ollama leaves out around it. */
    static String unquote(String value) {
        return value.strip().replaceAll("^[\"']+|[\"']+$", "").strip();
    }
}
