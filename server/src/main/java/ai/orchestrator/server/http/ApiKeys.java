package ai.orchestrator.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Lets in who shows one of the operator's keys, as {@code Authorization: Bearer} or as {@code x-api-key}, and whoever needs none: callers on this
 * machine, unless the operator asks for it, since Ollama's own command-line client cannot send any.
 */
final class ApiKeys implements Filter {
    /** Whose key came with the current request. */
    static final ScopedValue<String> TENANT = ScopedValue.newInstance();

    private static final Header CHALLENGE = HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    private static final HeaderName API_KEY = HeaderNames.create("x-api-key");
    private static final List<HeaderName> OF_PROXIES = List.of(
            HeaderNames.create("X-Forwarded-For"),
            HeaderNames.create("X-Forwarded-Host"),
            HeaderNames.create("X-Real-Ip"),
            HeaderNames.create("Forwarded"),
            HeaderNames.create("Via"));
    private static final Pattern OPEN_TO_ALL = Pattern.compile("/|/api/health|/api/ready|/observe/health(/[a-z]+)?");
    private static final String SCHEME = "bearer ";

    private final Access access;
    private final Function<String, ErrorStyle> errorsAt;

    /** @param errorsAt the shape of errors at a path */
    ApiKeys(Access access, Function<String, ErrorStyle> errorsAt) {
        this.access = access;
        this.errorsAt = errorsAt;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Optional<Access.Key> key = key(request.headers());
        if (key.isPresent()) {
            as(key.get()).run(chain::proceed);
        } else if (isOpen(request) || isNear(request)) {
            chain.proceed();
        } else {
            response.header(CHALLENGE);
            new Exchange(request, response)
                    .sendProblem(
                            new HttpProblem(401, "unauthorized"),
                            errorsAt.apply(request.path().path()));
        }
    }

    private static ScopedValue.Carrier as(Access.Key key) {
        ScopedValue.Carrier caller = ScopedValue.where(TENANT, key.tenant());
        return key.admin() ? caller : caller.where(Rights.LIMITED_TO, key.tenant());
    }

    /** Compares with every key, whichever fits, so that the time tells nothing. */
    private Optional<Access.Key> key(Headers headers) {
        Optional<Access.Key> fitting = Optional.empty();
        for (String shown : shown(headers)) {
            byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
            for (Access.Key key : access.keys()) {
                if (MessageDigest.isEqual(bytes, key.bytes())) {
                    fitting = Optional.of(key);
                }
            }
        }
        return fitting;
    }

    private static List<String> shown(Headers headers) {
        List<String> shown = new ArrayList<>(2);
        if (headers.contains(HeaderNames.AUTHORIZATION)) {
            String value = headers.get(HeaderNames.AUTHORIZATION).get();
            if (value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                shown.add(value.substring(SCHEME.length()).strip());
            }
        }
        if (headers.contains(API_KEY)) {
            shown.add(headers.get(API_KEY).get().strip());
        }
        return shown;
    }

    private static boolean isOpen(RoutingRequest request) {
        Method method = request.prologue().method();
        return (method.equals(Method.GET) || method.equals(Method.HEAD))
                && OPEN_TO_ALL.matcher(request.path().path()).matches();
    }

    private boolean isNear(RoutingRequest request) {
        return !access.requireOnLoopback()
                && request.remotePeer().address() instanceof InetSocketAddress peer
                && peer.getAddress().isLoopbackAddress()
                && !(access.requireBehindProxy() && cameThroughProxy(request.headers()));
    }

    private static boolean cameThroughProxy(Headers headers) {
        return OF_PROXIES.stream().anyMatch(headers::contains);
    }
}
