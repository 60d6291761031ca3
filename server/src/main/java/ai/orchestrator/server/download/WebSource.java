package ai.orchestrator.server.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Gets a file from a web server. A transfer that breaks off is taken up where it ended, as long as it gets further. */
final class WebSource {
    private static final int FRUITLESS_ATTEMPTS = 3;

    private final Duration silence;
    private final Duration pause;

    /**
     * @param silence how long a server may send nothing
     * @param pause how long to wait after a transfer broke off
     */
    WebSource(Duration silence, Duration pause) {
        this.silence = silence;
        this.pause = pause;
    }

    /** Appends what is missing, and starts anew where that makes no sense. */
    void fetch(URI uri, PartFile part) throws SourceFailure, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(silence)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try {
            Requests requests = new Requests(client, silence);
            fetch(new WebTransfer(request -> safe(requests.send(request), uri), uri, part, silence), part);
        } finally {
            client.shutdownNow();
        }
    }

    /** A server that is asked over plain HTTP is on this machine, and may lead to itself or to {@code https}. */
    private static HttpResponse<InputStream> safe(HttpResponse<InputStream> response, URI asked)
            throws IOException, SourceFailure {
        URI last = response.uri();
        if (!"https".equals(last.getScheme())
                && !String.valueOf(asked.getHost()).equals(last.getHost())) {
            response.body().close();
            throw new SourceFailure("the server redirects to something else than https");
        }
        return response;
    }

    private void fetch(WebTransfer transfer, PartFile part) throws SourceFailure, InterruptedException {
        long furthest = part.size();
        int fruitless = 0;
        while (true) {
            try {
                transfer.attempt();
                return;
            } catch (IOException e) {
                fruitless = part.size() > furthest ? 0 : fruitless + 1;
                furthest = Math.max(furthest, part.size());
                if (fruitless == FRUITLESS_ATTEMPTS) {
                    throw new SourceFailure("the transfer fails", e);
                }
            }
            Thread.sleep(pause);
        }
    }
}
