package ai.orchestrator.server.http;

import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.CacheStatus;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Tells in headers how an answer came about. */
public final class ReplyHeaders {
    private static final HeaderName TIER = HeaderNames.create("X-Cache-Tier");
    private static final HeaderName KEY = HeaderNames.create("X-Cache-Key");
    private static final HeaderName ROUTE = HeaderNames.create("X-Route");
    private static final HeaderName MODEL = HeaderNames.create("X-Model");
    private static final HeaderName SEARCH = HeaderNames.create("X-Search");
    private static final HeaderName COST = HeaderNames.create("X-Cost-Usd");
    private static final HeaderName OVERHEAD = HeaderNames.create("X-Overhead-Ms");
    private static final int MAX_LENGTH = 512;

    private static final Map<CacheStatus, Header> CACHE = new EnumMap<>(CacheStatus.class);

    static {
        for (CacheStatus status : CacheStatus.values()) {
            CACHE.put(status, HeaderValues.createCached("X-Cache", status.name()));
        }
    }

    private ReplyHeaders() {}

    /** Adds what is known before the first piece. */
    public static void add(ServerResponse response, AnswerStart start) {
        Header cache = CACHE.get(start.cache());
        if (cache != null) {
            response.header(cache);
        }
        start.tier().ifPresent(tier -> set(response, TIER, tier));
        start.key().ifPresent(key -> set(response, KEY, key.toString()));
        start.age().ifPresent(age -> response.header(HeaderValues.create(HeaderNames.AGE, age.toSeconds())));
        set(response, ROUTE, start.route());
        set(response, MODEL, start.model());
        set(response, SEARCH, start.search());
    }

    /** Adds what is known only after the last piece, for a reply that is not streamed. */
    public static void add(ServerResponse response, AnswerEnd end) {
        end.costUsd().ifPresent(cost -> set(response, COST, cost.toPlainString()));
        set(response, OVERHEAD, millis(end.overhead()));
    }

    /** Tells what a search did, as {@link ai.orchestrator.server.orchestration.WebSearch.Report#summary} puts it. */
    public static void addSearch(ServerResponse response, String summary) {
        set(response, SEARCH, summary);
    }

    static Header requestId(String requestId) {
        return HeaderValues.create(RequestIds.HEADER, requestId);
    }

    private static String millis(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 6)
                .setScale(3, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static void set(ServerResponse response, HeaderName name, String value) {
        if (!value.isEmpty()) {
            response.header(HeaderValues.create(name, harmless(value)));
        }
    }

    /** The value with everything replaced that cannot stand in a header. */
    static String harmless(String value) {
        String shortened = value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value;
        for (int i = 0; i < shortened.length(); i++) {
            if (!isPrintable(shortened.charAt(i))) {
                return shortened
                        .codePoints()
                        .map(c -> c < 0x7f && isPrintable((char) c) ? c : '?')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return shortened;
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c < 0x7f;
    }
}
