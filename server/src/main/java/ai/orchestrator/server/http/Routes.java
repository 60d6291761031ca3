package ai.orchestrator.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All endpoints by path and method. Knowing them all, it answers a wrong method by 405, a trailing slash by a redirect, and an unknown path by
 * 404, each in Ollama's words.
 */
public final class Routes {
    private static final byte[] NOT_FOUND = "404 page not found".getBytes(StandardCharsets.US_ASCII);
    private static final String BAD_METHOD = "405 method not allowed";
    private static final Header BARE_TEXT = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain");

    private static final Pattern SLASHES = Pattern.compile("//+");

    private final Map<String, Map<Method, Route>> paths = new LinkedHashMap<>();

    /** Adds an endpoint that reads. */
    public Routes get(String path, ErrorStyle errors, Endpoint endpoint) {
        return add(Method.GET, path, errors, endpoint);
    }

    /** Adds an endpoint that reads, and that answers {@code HEAD} too. */
    public Routes getOrHead(String path, ErrorStyle errors, Endpoint endpoint) {
        return add(Method.GET, path, errors, endpoint).add(Method.HEAD, path, errors, endpoint);
    }

    /** Adds an endpoint that answers {@code HEAD} alone. */
    public Routes head(String path, ErrorStyle errors, Endpoint endpoint) {
        return add(Method.HEAD, path, errors, endpoint);
    }

    /** Adds an endpoint that takes a body. */
    public Routes post(String path, ErrorStyle errors, Endpoint endpoint) {
        return add(Method.POST, path, errors, endpoint);
    }

    /** Adds an endpoint that removes. */
    public Routes delete(String path, ErrorStyle errors, Endpoint endpoint) {
        return add(Method.DELETE, path, errors, endpoint);
    }

    /** The shape of errors at a path, known or not: that of the endpoints in its nearest folder that has any. */
    ErrorStyle errorsAt(String path) {
        for (String folder = path; folder.startsWith("/"); folder = folder.substring(0, folder.lastIndexOf('/'))) {
            String begin = folder.endsWith("/") ? folder : folder + "/";
            Optional<ErrorStyle> style = styleOf(folder).or(() -> paths.keySet().stream()
                    .filter(known -> known.startsWith(begin))
                    .findFirst()
                    .flatMap(this::styleOf));
            if (style.isPresent()) {
                return style.get();
            }
        }
        return ErrorStyle.PLAIN;
    }

    private Optional<ErrorStyle> styleOf(String path) {
        return Optional.ofNullable(paths.get(path))
                .map(methods -> methods.values().iterator().next().errors());
    }

    private Routes add(Method method, String path, ErrorStyle errors, Endpoint endpoint) {
        Route earlier = paths.computeIfAbsent(path, ignored -> new LinkedHashMap<>())
                .putIfAbsent(method, new Route(errors, endpoint));
        if (earlier != null) {
            throw new IllegalArgumentException(method.text() + " " + path + " is answered twice");
        }
        return this;
    }

    void register(HttpRouting.Builder routing) {
        // those without a variable first: they are asked for most, and a match of the others costs more
        List<Map.Entry<String, Map<Method, Route>>> ordered = new ArrayList<>(paths.entrySet());
        ordered.sort(Comparator.comparing(path -> path.getKey().contains("{")));
        ordered.forEach(entry -> {
            String path = entry.getKey();
            Map<Method, Route> methods = entry.getValue();
            String allow = methods.keySet().stream().map(Method::text).collect(Collectors.joining(", "));
            routing.any(path, (request, response) -> dispatch(methods, allow, request, response));
        });
        paths.keySet().stream()
                .filter(path -> !path.equals("/"))
                .forEach(path -> routing.any(path + "/", Routes::withoutSlash));
        routing.any("/*", Routes::notFound);
    }

    private static void dispatch(
            Map<Method, Route> methods, String allow, ServerRequest request, ServerResponse response) {
        Exchange exchange = new Exchange(request, response);
        Route route = methods.get(request.prologue().method());
        if (route == null) {
            response.header(HeaderValues.create(HeaderNames.ALLOW, allow));
            badMethod(exchange, errors(methods));
            return;
        }
        Guard.run(exchange, route.errors, () -> route.endpoint.answer(exchange));
    }

    private static void badMethod(Exchange exchange, ErrorStyle errors) {
        if (errors.equals(ErrorStyle.PLAIN)) {
            exchange.send(405, BARE_TEXT, BAD_METHOD.getBytes(StandardCharsets.US_ASCII));
        } else {
            exchange.sendProblem(new HttpProblem(405, BAD_METHOD), errors);
        }
    }

    private static ErrorStyle errors(Map<Method, Route> methods) {
        return methods.values().iterator().next().errors;
    }

    private static void withoutSlash(ServerRequest request, ServerResponse response) {
        String path = request.path().rawPath();
        if (!path.endsWith("/")) {
            // the slash is an escaped one, and so part of a name
            notFound(request, response);
            return;
        }
        String query = request.query().rawValue();
        // two slashes at the front would be another host
        String target = SLASHES.matcher(path.substring(0, path.length() - 1)).replaceAll("/")
                + (query.isEmpty() ? "" : "?" + query);
        response.header(HeaderValues.create(HeaderNames.LOCATION, target));
        int status = request.prologue().method().equals(Method.GET) ? 301 : 307;
        new Exchange(request, response).send(status, new byte[0]);
    }

    private static void notFound(ServerRequest request, ServerResponse response) {
        Exchange exchange = new Exchange(request, response);
        if (request.path().path().startsWith("/api/")) {
            exchange.sendProblem(new HttpProblem(404, "Endpoint not found"), ErrorStyle.PLAIN);
        } else {
            exchange.send(404, BARE_TEXT, NOT_FOUND);
        }
    }

    private record Route(ErrorStyle errors, Endpoint endpoint) {}
}
