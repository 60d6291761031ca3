package ai.orchestrator.testkit.fakes;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * A SearXNG instance on a loopback port that finds twenty pages for any words but {@link #UNKNOWN_WORD}, and fails on request in
 * the ways a real instance does. Started as a process it takes the port as its argument, and {@code POST /behave/NAME} sets the
 * {@link Behaviour}.
 */
public final class FakeSearxng implements AutoCloseable {
    /** A query with this word finds nothing. */
    public static final String UNKNOWN_WORD = "xqzwv";

    /** How the instance answers. */
    public enum Behaviour {
        /** JSON as of 2026. */
        WELL,
        /** JSON of an instance older than May 2026, with {@code number_of_results}. */
        OLD,
        /** JSON whose results hold nulls, wrong types, unknown fields and addresses that are none. */
        ODD_FIELDS,
        /** The shipped settings: JSON is not among the formats, so 403 and a page. */
        JSON_OFF,
        /** The limiter's checks of a request's headers, then JSON. */
        LIMITER_ON,
        /** 429 in plain text. */
        LIMITED,
        /** 429 with {@code Retry-After}. */
        LIMITED_WITH_RETRY_AFTER,
        /** 500 with a JSON error. */
        FAULT,
        /** 200 with a page. */
        PAGE,
        /** 200 that calls itself JSON and is not. */
        GARBAGE,
        /** 200 with JSON that has no {@code results}. */
        NO_RESULTS_FIELD,
        /** Breaks off in the middle of the body. */
        BROKEN_OFF,
        /** Sends the body a byte at a time until told otherwise. */
        DRIPPING,
        /** Sends no reply until told otherwise. */
        SILENT,
        /** A well compressed body of 64 MB. */
        HUGE,
        /** 200 without results, because every engine behind the instance failed. */
        ENGINES_BLOCKED,
        /** 302 to {@link FakeSearxng#redirectTo}. */
        REDIRECTING,
        /** 404, as of another server. */
        NOT_SEARXNG,
        /** 401 of a proxy before the instance. */
        LOCKED
    }

    /** A search request that arrived. */
    public record Request(String method, String path, Map<String, String> parameters, Headers headers) {}

    private static final Pattern BLOCKED_AGENTS = Pattern.compile(
            "(?i)^(unknown|java|jakarta|okhttp|httpclient|jersey|curl|wget|python|go-http-client|ruby).*");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private volatile Behaviour behaviour = Behaviour.WELL;
    private volatile URI redirectTo = URI.create("http://127.0.0.1:9/");

    private FakeSearxng(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts an instance.
     *
     * @param port 0 for any free one
     */
    public static FakeSearxng start(int port) {
        try {
            FakeSearxng fake = new FakeSearxng(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
            fake.server.createContext("/", fake::handle);
            fake.server.setExecutor(fake.threads);
            fake.server.start();
            return fake;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs an instance until the process is ended. */
    public static void main(String[] arguments) {
        FakeSearxng fake = start(Integer.parseInt(arguments[0]));
        System.out.println("listening on " + fake.url());
    }

    /** The address to configure, without a trailing slash. */
    public URI url() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** How to answer from now on; requests that a slow behaviour holds back go on at once. */
    public void behave(Behaviour next) {
        behaviour = next;
    }

    /** Where {@link Behaviour#REDIRECTING} leads to. */
    public void redirectTo(URI target) {
        redirectTo = target;
    }

    /** The searches that arrived, oldest first. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        stopping.countDown();
        server.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/behave/")) {
                behave(Behaviour.valueOf(path.substring("/behave/".length()).toUpperCase(Locale.ROOT)));
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            Request request = read(exchange);
            requests.add(request);
            answer(exchange, request);
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        String form = exchange.getRequestMethod().equals("POST")
                ? new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                : String.valueOf(exchange.getRequestURI().getRawQuery());
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                parameters,
                exchange.getRequestHeaders());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange, Request request) throws IOException {
        String text = request.parameters().getOrDefault("q", "");
        switch (behaviour) {
            case WELL -> search(exchange, request, SearxngReplies.found(text));
            case OLD -> search(exchange, request, SearxngReplies.foundByAnOldInstance(text));
            case ODD_FIELDS -> search(exchange, request, SearxngReplies.ODD_FIELDS);
            case JSON_OFF -> reply(exchange, 403, "text/html; charset=utf-8", SearxngReplies.FORBIDDEN_PAGE);
            case LIMITER_ON -> {
                if (limiterRefuses(exchange.getRequestHeaders())) {
                    reply(exchange, 429, "text/plain", SearxngReplies.TOO_MANY);
                } else {
                    search(exchange, request, SearxngReplies.found(text));
                }
            }
            case LIMITED -> reply(exchange, 429, "text/plain", SearxngReplies.TOO_MANY);
            case LIMITED_WITH_RETRY_AFTER -> {
                exchange.getResponseHeaders().set("Retry-After", "17");
                reply(exchange, 429, "text/plain", SearxngReplies.TOO_MANY);
            }
            case FAULT -> reply(exchange, 500, "application/json", "{\"error\":\"search error\"}");
            case PAGE -> reply(exchange, 200, "text/html; charset=utf-8", SearxngReplies.RESULTS_PAGE);
            case GARBAGE -> reply(exchange, 200, "application/json", "{\"results\": [ oh no");
            case NO_RESULTS_FIELD -> reply(exchange, 200, "application/json", "{\"error\":\"out of luck\"}");
            case BROKEN_OFF -> breakOff(exchange, SearxngReplies.found(text));
            case DRIPPING -> drip(exchange, SearxngReplies.found(text));
            case SILENT -> {
                waitWhile(Behaviour.SILENT);
                search(exchange, request, SearxngReplies.found(text));
            }
            case HUGE -> replyHuge(exchange);
            case ENGINES_BLOCKED -> search(exchange, request, SearxngReplies.ENGINES_BLOCKED);
            case REDIRECTING -> {
                exchange.getResponseHeaders().set("Location", redirectTo.toString());
                exchange.sendResponseHeaders(302, -1);
            }
            case NOT_SEARXNG -> reply(exchange, 404, "text/plain", "not found");
            case LOCKED -> reply(exchange, 401, "text/plain", "who are you");
        }
    }

    private static boolean limiterRefuses(Headers headers) {
        String accept = header(headers, "Accept");
        String encoding = header(headers, "Accept-Encoding");
        return BLOCKED_AGENTS.matcher(header(headers, "User-Agent")).matches()
                || header(headers, "User-Agent").isBlank()
                || header(headers, "Accept-Language").isBlank()
                || !(accept.contains("text/html") || accept.contains("*/*"))
                || !(encoding.contains("gzip") || encoding.contains("deflate"));
    }

    private static String header(Headers headers, String name) {
        return headers.containsKey(name) ? headers.getFirst(name) : "";
    }

    private static void search(HttpExchange exchange, Request request, String json) throws IOException {
        if (!request.path().endsWith("/search")) {
            reply(exchange, 404, "text/html", SearxngReplies.RESULTS_PAGE);
        } else if (request.parameters().getOrDefault("q", "").isBlank()) {
            reply(exchange, 400, "application/json", "{\"error\":\"No query\"}");
        } else if (!"json".equals(request.parameters().get("format"))) {
            reply(exchange, 200, "text/html; charset=utf-8", SearxngReplies.RESULTS_PAGE);
        } else {
            reply(exchange, 200, "application/json", json);
        }
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (header(exchange.getRequestHeaders(), "Accept-Encoding").contains("gzip")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            bytes = gzip(bytes, 1);
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void replyHuge(HttpExchange exchange) throws IOException {
        byte[] body = gzip(new byte[1 << 20], 64);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
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

    private static void breakOff(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
        throw new IOException("broken off on request");
    }

    private void drip(HttpExchange exchange, String json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        for (byte next : json.getBytes(StandardCharsets.UTF_8)) {
            if (behaviour == Behaviour.DRIPPING && waitsInVain()) {
                return;
            }
            body.write(next);
            body.flush();
        }
    }

    private void waitWhile(Behaviour held) {
        while (behaviour == held) {
            if (waitsInVain()) {
                return;
            }
        }
    }

    private boolean waitsInVain() {
        try {
            return stopping.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
