package ai.orchestrator.testkit.fakes;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** One call of a fake SearXNG: what is asked, and the ways to answer. */
final class SearxngExchange {
    private static final String JSON = "application/json";
    private static final String HTML = "text/html; charset=utf-8";
    private static final Pattern BLOCKED_AGENTS = Pattern.compile(
            "(?i)^(unknown|java|jakarta|okhttp|httpclient|jersey|curl|wget|python|go-http-client|ruby).*");

    private final HttpExchange http;
    private final FakeSearxng.Request request;

    SearxngExchange(HttpExchange http) throws IOException {
        this.http = http;
        this.request = read(http);
    }

    FakeSearxng.Request request() {
        return request;
    }

    /** The words that are searched for. */
    String words() {
        return request.parameters().getOrDefault("q", "");
    }

    /** Whether the checks of a real instance's limiter refuse the request's headers. */
    boolean isRefusedByLimiter() {
        String accept = header("Accept");
        String encoding = header("Accept-Encoding");
        return BLOCKED_AGENTS.matcher(header("User-Agent")).matches()
                || header("User-Agent").isBlank()
                || header("Accept-Language").isBlank()
                || !(accept.contains("text/html") || accept.contains("*/*"))
                || !(encoding.contains("gzip") || encoding.contains("deflate"));
    }

    /** Answers with results if the request asks for them properly, else as a real instance does. */
    void search(String json) throws IOException {
        if (!request.path().endsWith("/search")) {
            reply(404, "text/html", SearxngReplies.RESULTS_PAGE);
        } else if (words().isBlank()) {
            reply(400, JSON, "{\"error\":\"No query\"}");
        } else if (!"json".equals(request.parameters().get("format"))) {
            reply(200, HTML, SearxngReplies.RESULTS_PAGE);
        } else {
            reply(200, JSON, json);
        }
    }

    void json(int status, String body) throws IOException {
        reply(status, JSON, body);
    }

    void page(int status, String body) throws IOException {
        reply(status, HTML, body);
    }

    void text(int status, String body) throws IOException {
        reply(status, "text/plain", body);
    }

    void tooMany() throws IOException {
        text(429, SearxngReplies.TOO_MANY);
    }

    /** Sets a header of the reply that follows. */
    SearxngExchange with(String header, String value) {
        http.getResponseHeaders().set(header, value);
        return this;
    }

    void empty(int status) throws IOException {
        http.sendResponseHeaders(status, -1);
    }

    /** 64 MB that are small on the wire. */
    void huge() throws IOException {
        byte[] body = gzip(new byte[1 << 20], 64);
        with("Content-Type", JSON).with("Content-Encoding", "gzip");
        http.sendResponseHeaders(200, body.length);
        http.getResponseBody().write(body);
    }

    void breakOff(String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        with("Content-Type", JSON);
        http.sendResponseHeaders(200, bytes.length);
        http.getResponseBody().write(bytes, 0, bytes.length / 2);
        http.getResponseBody().flush();
        throw new IOException("broken off on request");
    }

    /** The body of a reply that is written piece by piece. */
    OutputStream streamed() throws IOException {
        with("Content-Type", JSON);
        http.sendResponseHeaders(200, 0);
        return http.getResponseBody();
    }

    private void reply(int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        with("Content-Type", type);
        if (header("Accept-Encoding").contains("gzip")) {
            with("Content-Encoding", "gzip");
            bytes = gzip(bytes, 1);
        }
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
    }

    private String header(String name) {
        Headers headers = http.getRequestHeaders();
        return headers.containsKey(name) ? headers.getFirst(name) : "";
    }

    private static byte[] gzip(byte[] block, int times) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            for (int i = 0; i < times; i++) {
                gzip.write(block);
            }
        }
        return compressed.toByteArray();
    }

    private static FakeSearxng.Request read(HttpExchange http) throws IOException {
        String form = http.getRequestMethod().equals("POST")
                ? new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                : String.valueOf(http.getRequestURI().getRawQuery());
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new FakeSearxng.Request(
                http.getRequestMethod(), http.getRequestURI().getPath(), parameters, http.getRequestHeaders());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
