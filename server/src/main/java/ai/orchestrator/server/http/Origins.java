package ai.orchestrator.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which web pages may call the server (CORS), by Ollama's rules: pages of this machine, desktop apps, and what the operator lists. */
final class Origins implements Filter {
    private static final Header METHODS =
            HeaderValues.createCached("Access-Control-Allow-Methods", "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS");
    private static final Header REQUEST_HEADERS = HeaderValues.createCached(
            "Access-Control-Allow-Headers",
            "Authorization,Content-Type,User-Agent,Accept,X-Requested-With,Cache-Control,X-Request-Id,X-Cache-Tags,"
                    + "X-Api-Key,Anthropic-Version,Anthropic-Beta,Anthropic-Dangerous-Direct-Browser-Access,Openai-Beta,"
                    + "Openai-Organization,Openai-Project,"
                    + "X-Stainless-Arch,X-Stainless-Async,X-Stainless-Custom-Poll-Interval,X-Stainless-Helper,X-Stainless-Helper-Method,"
                    + "X-Stainless-Lang,X-Stainless-Os,X-Stainless-Package-Version,X-Stainless-Poll-Helper,"
                    + "X-Stainless-Retry-Count,X-Stainless-Runtime,X-Stainless-Runtime-Version,X-Stainless-Timeout");
    private static final Header REPLY_HEADERS = HeaderValues.createCached(
            "Access-Control-Expose-Headers",
            "X-Request-Id,Request-Id,X-Cache,X-Cache-Tier,X-Cache-Key,Age,X-Route,X-Model,X-Search,X-Cost-Usd,X-Overhead-Ms,Retry-After");
    private static final Header MAX_AGE = HeaderValues.createCached("Access-Control-Max-Age", "43200");
    private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Origin");
    private static final Header PREFLIGHT_VARY = HeaderValues.createCached(
            HeaderNames.VARY, "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");

    private final boolean all;
    private final List<Pattern> allowed = new ArrayList<>();

    Origins(List<String> listed) {
        all = listed.contains("*");
        for (String scheme : List.of("http", "https")) {
            for (String host : List.of("localhost", "127.0.0.1", "0.0.0.0")) {
                allowed.add(pattern(scheme + "://" + host));
                allowed.add(pattern(scheme + "://" + host + ":*"));
            }
        }
        for (String scheme : List.of("app", "file", "tauri", "vscode-webview", "vscode-file")) {
            allowed.add(pattern(scheme + "://*"));
        }
        listed.forEach(origin -> allowed.add(pattern(origin)));
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!request.headers().contains(HeaderNames.ORIGIN)) {
            chain.proceed();
            return;
        }
        String origin = request.headers().get(HeaderNames.ORIGIN).get();
        if (isOwn(origin, request.authority())) {
            chain.proceed();
            return;
        }
        if (!allows(origin)) {
            response.status(Status.FORBIDDEN_403).send();
            return;
        }
        response.header(HeaderValues.create(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, all ? "*" : origin));
        if (request.prologue().method().equals(Method.OPTIONS)) {
            response.header(METHODS).header(REQUEST_HEADERS).header(MAX_AGE).header(PREFLIGHT_VARY);
            response.status(Status.NO_CONTENT_204).send();
            return;
        }
        response.header(REPLY_HEADERS).header(VARY);
        chain.proceed();
    }

    /** Whether a page of this origin may call. */
    boolean allows(String origin) {
        if (all) {
            return true;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return allowed.stream().anyMatch(pattern -> pattern.matcher(lower).matches());
    }

    private static boolean isOwn(String origin, String authority) {
        return origin.equals("http://" + authority) || origin.equals("https://" + authority);
    }

    private static Pattern pattern(String origin) {
        String[] parts = origin.toLowerCase(Locale.ROOT).split("\\*", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            regex.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(regex.toString());
    }
}
