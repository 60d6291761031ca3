package ai.orchestrator.server.library;

import ai.orchestrator.server.config.Product;
import ai.orchestrator.server.download.BusyServer;
import ai.orchestrator.server.download.Requests;
import ai.orchestrator.server.download.Sending;
import ai.orchestrator.server.download.SourceFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Requests to one registry for one model. Redirects are followed to other hosts, but never from {@code https} to anything else, and the token
 * stays with the registry.
 */
final class RegistryConnection implements Sending {
    private static final int MAX_HOPS = 10;
    private static final int MAX_SHOWN = 200;
    private static final int SERVER_FAULT = 500;
    /** Statuses that ask for patience, beside those of 500 and above. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final URI address;
    private final Requests requests;
    private final StoredName name;
    private final BearerToken token;

    RegistryConnection(URI address, Requests requests, StoredName name) {
        this.address = address;
        this.requests = requests;
        this.name = name;
        this.token = new BearerToken(requests, this::requireSafe);
    }

    /** What the registry has of the model, byte for byte; empty if it has no such model. */
    Optional<byte[]> manifest() throws IOException, SourceFailure, InterruptedException {
        HttpResponse<InputStream> response = send(HttpRequest.newBuilder(uri("manifests/" + name.tag()))
                .header("Accept", String.join(", ", MediaTypes.MANIFEST, "application/vnd.oci.image.manifest.v1+json"))
                .header("User-Agent", Product.USER_AGENT)
                .build());
        byte[] bytes = unpacked(response, requests.beginning(response, Manifest.MAX_BYTES + 1));
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            throw new SourceFailure("the registry answers with status " + response.statusCode() + said(bytes));
        }
        if (bytes.length > Manifest.MAX_BYTES) {
            throw new SourceFailure("the manifest is too long to be one");
        }
        Optional<BlobDigest> announced =
                response.headers().firstValue("Docker-Content-Digest").flatMap(BlobDigest::parse);
        if (announced.isPresent() && !announced.get().equals(BlobDigest.of(bytes))) {
            throw new SourceFailure("the manifest has another SHA-256 sum than the registry says");
        }
        return Optional.of(bytes);
    }

    /** Some front ends compress whatever is text, asked or not. */
    private static byte[] unpacked(HttpResponse<?> response, byte[] bytes) throws IOException {
        if (!response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip")) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(Manifest.MAX_BYTES + 1);
        }
    }

    /** Where a blob of the model is. */
    URI blob(BlobDigest digest) {
        return uri("blobs/" + digest);
    }

    @Override
    public HttpResponse<InputStream> send(HttpRequest request) throws IOException, SourceFailure, InterruptedException {
        HttpRequest next = request;
        boolean asked = false;
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            HttpResponse<InputStream> response = requests.send(authorized(next));
            int status = response.statusCode();
            if (status == 401 && !asked && isOwn(next.uri())) {
                response.body().close();
                asked = true;
                token.renew(response.headers().firstValue("WWW-Authenticate").orElse(""));
            } else if (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) {
                response.body().close();
                next = redirected(
                        next, response.headers().firstValue("Location").orElse(""));
            } else if ((status == 401 || status == 403) && !isOwn(next.uri())) {
                response.body().close();
                // an address that was signed for a while may have run out: the registry gives a new one
                throw new IOException("the place that the registry leads to answers with status " + status);
            } else if (status >= SERVER_FAULT || LATER.contains(status)) {
                response.body().close();
                throw new BusyServer(
                        "the registry answers with status " + status,
                        BusyServer.pause(response.headers(), LONGEST_PAUSE));
            } else {
                return response;
            }
        }
        throw new SourceFailure("the registry redirects without end");
    }

    private HttpRequest authorized(HttpRequest request) {
        Optional<String> bearer = token.value().filter(ignored -> isOwn(request.uri()));
        return bearer.map(value -> HttpRequest.newBuilder(request, (header, old) -> true)
                        .setHeader("Authorization", "Bearer " + value)
                        .build())
                .orElse(request);
    }

    private HttpRequest redirected(HttpRequest request, String location) throws SourceFailure {
        URI target;
        try {
            target = request.uri().resolve(location);
        } catch (IllegalArgumentException e) {
            throw new SourceFailure("the registry redirects to something that is no address");
        }
        requireSafe(target);
        return HttpRequest.newBuilder(request, (header, old) -> true)
                .uri(target)
                .build();
    }

    /** Over {@code https} always; over {@code http} only where the registry itself is configured so. */
    private void requireSafe(URI target) throws SourceFailure {
        String scheme = String.valueOf(target.getScheme());
        boolean plain = scheme.equals("http") && "http".equals(address.getScheme());
        if ((!scheme.equals("https") && !plain) || target.getHost() == null || target.getUserInfo() != null) {
            throw new SourceFailure("the registry leads to an address that is not safe to follow");
        }
    }

    private boolean isOwn(URI uri) {
        return address.getScheme().equals(uri.getScheme())
                && address.getHost().equals(uri.getHost())
                && address.getPort() == uri.getPort();
    }

    private URI uri(String what) {
        String base = address.toString().replaceFirst("/+$", "");
        return URI.create(base + "/v2/" + name.namespace() + "/" + name.model() + "/" + what);
    }

    /** The registry's own words, without what could disturb a log or a terminal. */
    private static String said(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 4 * MAX_SHOWN), StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        if (text.isEmpty() || text.startsWith("<")) {
            return "";
        }
        return ": " + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text);
    }
}
