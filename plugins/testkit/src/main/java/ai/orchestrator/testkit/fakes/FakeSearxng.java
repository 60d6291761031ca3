package ai.orchestrator.testkit.fakes;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A SearXNG instance on a loopback port that finds twenty pages for any words but {@link #UNKNOWN_WORD}, and fails on request in
 * the ways a real instance does. Started as a process it takes the port as its argument, and {@code POST /behave/NAME} sets the
 * {@link Behaviour}.
 */
public final class FakeSearxng implements AutoCloseable {
    /** A query with this word finds nothing. */
    public static final String UNKNOWN_WORD = "xqzwv";

    private static final Duration PAUSE = Duration.ofMillis(20);

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

    private final LoopbackServer server;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private volatile Behaviour behaviour = Behaviour.WELL;
    private volatile URI redirectTo = URI.create("http://127.0.0.1:9/");

    private FakeSearxng(LoopbackServer server) {
        this.server = server;
    }

    /**
     * Starts an instance.
     *
     * @param port 0 for any free one
     */
    public static FakeSearxng start(int port) {
        FakeSearxng fake = new FakeSearxng(LoopbackServer.on(port));
        fake.server.start(fake::handle);
        return fake;
    }

    /** Runs an instance until the process is ended. */
    public static void main(String[] arguments) {
        FakeSearxng fake = start(Integer.parseInt(arguments[0]));
        System.out.println("listening on " + fake.url());
    }

    /** The address to configure, without a trailing slash. */
    public URI url() {
        return server.url("");
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
        server.close();
    }

    private void handle(HttpExchange http) throws IOException {
        try (http) {
            String path = http.getRequestURI().getPath();
            if (path.startsWith("/behave/")) {
                behave(Behaviour.valueOf(path.substring("/behave/".length()).toUpperCase(Locale.ROOT)));
                http.sendResponseHeaders(204, -1);
                return;
            }
            SearxngExchange exchange = new SearxngExchange(http);
            requests.add(exchange.request());
            answer(exchange);
        }
    }

    private void answer(SearxngExchange exchange) throws IOException {
        String found = SearxngReplies.found(exchange.words());
        switch (behaviour) {
            case WELL -> exchange.search(found);
            case OLD -> exchange.search(SearxngReplies.foundByAnOldInstance(exchange.words()));
            case ODD_FIELDS -> exchange.search(SearxngReplies.ODD_FIELDS);
            case JSON_OFF -> exchange.page(403, SearxngReplies.FORBIDDEN_PAGE);
            case LIMITER_ON -> {
                if (exchange.isRefusedByLimiter()) {
                    exchange.tooMany();
                } else {
                    exchange.search(found);
                }
            }
            case LIMITED -> exchange.tooMany();
            case LIMITED_WITH_RETRY_AFTER -> exchange.with("Retry-After", "17").tooMany();
            case FAULT -> exchange.json(500, "{\"error\":\"search error\"}");
            case PAGE -> exchange.page(200, SearxngReplies.RESULTS_PAGE);
            case GARBAGE -> exchange.json(200, "{\"results\": [ oh no");
            case NO_RESULTS_FIELD -> exchange.json(200, "{\"error\":\"out of luck\"}");
            case BROKEN_OFF -> exchange.breakOff(found);
            case DRIPPING -> drip(exchange.streamed(), found);
            case SILENT -> {
                holdBack(Behaviour.SILENT);
                exchange.search(found);
            }
            case HUGE -> exchange.huge();
            case ENGINES_BLOCKED -> exchange.search(SearxngReplies.ENGINES_BLOCKED);
            case REDIRECTING -> exchange.with("Location", redirectTo.toString()).empty(302);
            case NOT_SEARXNG -> exchange.text(404, "not found");
            case LOCKED -> exchange.text(401, "who are you");
        }
    }

    private void drip(OutputStream body, String json) throws IOException {
        for (byte next : json.getBytes(StandardCharsets.UTF_8)) {
            if (behaviour == Behaviour.DRIPPING && server.closingWithin(PAUSE)) {
                return;
            }
            body.write(next);
            body.flush();
        }
    }

    private void holdBack(Behaviour held) throws IOException {
        while (behaviour == held) {
            if (server.closingWithin(PAUSE)) {
                return;
            }
        }
    }
}
