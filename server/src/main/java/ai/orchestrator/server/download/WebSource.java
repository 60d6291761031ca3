package ai.orchestrator.server.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Gets a file from a web server. A transfer that breaks off is taken up where it ended, as long as it gets further. Redirects are followed to
 * {@code https} only, or within this machine.
 */
final class WebSource {
    private static final int REDIRECTS = 5;
    private static final int FRUITLESS_ATTEMPTS = 3;
    private static final int BUFFER = 1 << 16;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Duration silence;
    private final HttpClient client;
    private final String userAgent;

    /** @param silence how long a server may send nothing */
    WebSource(Duration silence, String userAgent) {
        this.silence = silence;
        this.userAgent = userAgent;
        client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Appends to {@code part} what is missing there. */
    void fetch(URI uri, Path part, Progress progress) throws SourceFailure {
        int fruitless = 0;
        while (true) {
            long before = size(part);
            try {
                transfer(uri, part, before, progress);
                return;
            } catch (IOException e) {
                fruitless = size(part) > before ? 0 : fruitless + 1;
                if (fruitless >= FRUITLESS_ATTEMPTS) {
                    throw new SourceFailure("the transfer broke off " + FRUITLESS_ATTEMPTS + " times", e);
                }
            }
        }
    }

    private void transfer(URI uri, Path part, long offset, Progress progress) throws IOException, SourceFailure {
        HttpResponse<InputStream> response = open(uri, offset);
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> copy(body, part, 0, progress);
                case 206 -> copy(body, part, begins(response, offset), progress);
                case 416 -> Files.delete(part); // longer than the file there: the next attempt starts anew
                default -> throw new SourceFailure("the server answered with status " + response.statusCode());
            }
        }
        if (response.statusCode() == 416) {
            transfer(uri, part, 0, progress);
        }
    }

    private static long begins(HttpResponse<?> response, long offset) throws SourceFailure {
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (!range.startsWith("bytes " + offset + "-")) {
            throw new SourceFailure("the server answered with another part of the file");
        }
        return offset;
    }

    private HttpResponse<InputStream> open(URI start, long offset) throws IOException, SourceFailure {
        URI uri = start;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .timeout(silence)
                    .header("User-Agent", userAgent)
                    .header("Accept-Encoding", "identity");
            if (offset > 0) {
                request.header("Range", "bytes=" + offset + "-");
            }
            HttpResponse<InputStream> response = send(request.build());
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return response;
            }
            response.body().close();
            uri = safe(uri, location.get());
        }
        throw new SourceFailure("the server redirected more than " + REDIRECTS + " times");
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, SourceFailure {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFailure("interrupted", e);
        }
    }

    private static URI safe(URI from, String location) throws SourceFailure {
        try {
            URI to = from.resolve(location);
            if ("https".equals(to.getScheme()) || (isHere(from) && isHere(to))) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            throw new SourceFailure("the server redirected to no URL", e);
        }
        throw new SourceFailure("the server redirected to something else than https");
    }

    private static boolean isHere(URI uri) {
        try {
            String host = uri.getHost();
            return host != null
                    && (host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void copy(InputStream body, Path part, long offset, Progress progress) throws IOException {
        StandardOpenOption mode = offset == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
        try (SilenceWatch watch = new SilenceWatch(body, silence);
                OutputStream out =
                        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            byte[] buffer = new byte[BUFFER];
            long there = offset;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                watch.heard();
                out.write(buffer, 0, read);
                there += read;
                progress.at(there);
            }
            watch.throwIfSilent();
        }
    }

    private static long size(Path part) throws SourceFailure {
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException e) {
            throw new SourceFailure("the partial file cannot be read", e);
        }
    }
}
