package ai.orchestrator.server.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to servers that may fall silent. */
public final class Requests implements Sending {
    private static final int BUFFER = 1 << 13;

    private final HttpClient client;
    private final Duration silence;

    /** @param silence how long a server may send nothing */
    public Requests(HttpClient client, Duration silence) {
        this.client = client;
        this.silence = silence;
    }

    /** The request has no timeout of its own: from JDK 26 on that would be one for the whole reply. */
    @Override
    public HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            return answer.get(silence.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + silence.toMillis() / 1000.0 + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken && !(broken instanceof ConnectException)) {
                throw broken;
            }
            throw new IOException("it cannot be reached", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** The first bytes of a reply's body, {@code most} of them if there are so many; the rest is not read. */
    public byte[] beginning(HttpResponse<InputStream> response, int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream body = response.body();
                SilenceWatch watch = new SilenceWatch(body, silence)) {
            byte[] buffer = new byte[BUFFER];
            int read = watch.read(buffer);
            while (read >= 0 && bytes.size() < most) {
                bytes.write(buffer, 0, Math.min(read, most - bytes.size()));
                read = watch.read(buffer);
            }
        }
        return bytes.toByteArray();
    }
}
