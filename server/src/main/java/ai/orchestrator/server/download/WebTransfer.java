package ai.orchestrator.server.download;

import ai.orchestrator.server.config.Product;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attempts to get one file from one address. */
public final class WebTransfer {
    private static final int BUFFER = 1 << 16;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18}|\\*)");

    private final Sending sending;
    private final URI uri;
    private final PartFile part;
    private final Duration silence;
    private Optional<String> version = Optional.empty();

    /**
     * A transfer that has not begun.
     *
     * @param silence how long the server may send nothing
     */
    public WebTransfer(Sending sending, URI uri, PartFile part, Duration silence) {
        this.sending = sending;
        this.uri = uri;
        this.part = part;
        this.silence = silence;
    }

    /**
     * Appends what is missing, and starts anew where that makes no sense.
     *
     * @throws IOException if it is worth another attempt
     */
    public void attempt() throws IOException, SourceFailure, InterruptedException {
        if (isWhole()) {
            return;
        }
        if (!canGoOn()) {
            part.restart();
        }
        HttpResponse<InputStream> response = sending.send(request());
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> {
                    part.restart();
                    version = response.headers().firstValue("ETag").filter(tag -> tag.startsWith("\""));
                    requireSize(response.headers().firstValueAsLong("Content-Length"));
                    copy(body);
                }
                case 206 -> goOn(response, body);
                case 416 -> endOrRestart(response);
                default -> throw new SourceFailure("the server answers with status " + response.statusCode());
            }
        }
    }

    private boolean isWhole() {
        OptionalLong bytes = part.expected().bytes();
        return bytes.isPresent() && part.size() == bytes.getAsLong();
    }

    /** Two parts belong together if the sum will tell, or if the server says that it still has the same version. */
    private boolean canGoOn() {
        return part.expected().sha256().isPresent() || version.isPresent();
    }

    private HttpRequest request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("User-Agent", Product.USER_AGENT)
                .header("Accept-Encoding", "identity");
        if (part.size() > 0) {
            request.header("Range", "bytes=" + part.size() + "-");
            version.ifPresent(tag -> request.header("If-Range", tag));
        }
        return request.build();
    }

    private void requireSize(OptionalLong there) throws SourceFailure {
        OptionalLong bytes = part.expected().bytes();
        if (there.isPresent() && bytes.isPresent() && there.getAsLong() != bytes.getAsLong()) {
            throw new FalseFile("the file there has " + there.getAsLong() + " bytes instead of " + bytes.getAsLong());
        }
    }

    private void goOn(HttpResponse<InputStream> response, InputStream body) throws IOException, SourceFailure {
        Matcher range = range(response);
        if (!range.matches() || !String.valueOf(part.size()).equals(range.group(1))) {
            part.restart();
            throw new IOException("the server sends another part than it is asked for");
        }
        requireSize(total(range));
        copy(body);
    }

    private void endOrRestart(HttpResponse<InputStream> response) throws IOException, SourceFailure {
        Matcher range = range(response);
        OptionalLong total = range.matches() ? total(range) : OptionalLong.empty();
        requireSize(total);
        if (!total.equals(OptionalLong.of(part.size()))) {
            part.restart();
            throw new IOException("the server has less than was there");
        }
    }

    private static Matcher range(HttpResponse<?> response) {
        return CONTENT_RANGE.matcher(
                response.headers().firstValue("Content-Range").orElse(""));
    }

    private static OptionalLong total(Matcher range) {
        String total = range.group(2);
        return total.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(total));
    }

    private void copy(InputStream body) throws IOException, SourceFailure {
        try (SilenceWatch watch = new SilenceWatch(body, silence)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = watch.read(buffer); read >= 0; read = watch.read(buffer)) {
                part.append(buffer, read);
            }
        }
    }
}
