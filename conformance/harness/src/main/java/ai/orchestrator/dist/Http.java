package ai.orchestrator.dist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Speaks HTTP to the product. */
public final class Http {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    /** The product's address, without a slash at the end. */
    public final String base;

    /** @param base the product's address, without a slash at the end */
    public Http(String base) {
        this.base = base;
    }

    /** A reply, whole. */
    public record Reply(int status, String body, HttpResponse<?> response) {
        /** The body as one JSON value. */
        public JsonNode json() {
            return read(body);
        }

        /** The body as a JSON value a line. */
        public List<JsonNode> lines() {
            List<JsonNode> lines = new ArrayList<>();
            body.lines().forEach(line -> lines.add(read(line)));
            return lines;
        }

        /** A header's first value; empty if there is none. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** Whether the product is there. */
    public boolean answers() {
        try {
            return client.send(request("/api/health").GET().build(), BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** @param headers names and values by turns */
    public Reply get(String path, String... headers) {
        return send(with(headers, request(path).GET()));
    }

    /** @param headers names and values by turns */
    public Reply delete(String path, String... headers) {
        return send(with(headers, request(path).DELETE()));
    }

    /** @param headers names and values by turns */
    public Reply post(String path, String body, String... headers) {
        return send(with(headers, request(path).POST(BodyPublishers.ofString(body))));
    }

    private static HttpRequest.Builder with(String[] headers, HttpRequest.Builder request) {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    /** A reply to be read as it comes. */
    public HttpResponse<InputStream> stream(String path, String body) {
        try {
            return client.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The JSON value of a text. */
    public static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofMinutes(3));
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
