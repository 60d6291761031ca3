package ai.orchestrator.testkit.fakes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** What may go wrong between a client and any server that answers with JSON. */
public final class HttpFaults {
    private static final String JSON = "application/json";
    private static final int MEGABYTE = 1 << 20;

    private HttpFaults() {}

    /** 200 with a web page, as of a portal or a proxy. */
    public static Reply page() {
        return Reply.whole(200, "text/html; charset=utf-8", "<!DOCTYPE html>\n<html><title>Log in</title></html>");
    }

    /** 502 with a web page, as of a proxy. */
    public static Reply badGateway() {
        return Reply.whole(502, "text/html", "<html><title>502 Bad Gateway</title></html>");
    }

    /** 200 that calls itself JSON and is not. */
    public static Reply garbage() {
        return Reply.json(200, "{\"results\": [ oh no");
    }

    /** 200 with JSON whose objects never end, deeper than any parser should go. */
    public static Reply deep() {
        return Reply.json(200, "{\"a\":".repeat(200_000));
    }

    /** Breaks the connection in the middle of the body. */
    public static Reply brokenOff() {
        return (call, out) -> {
            out.head(200, JSON).write("{\"results\":[{\"url\":");
            throw new IOException("broken off, as scripted");
        };
    }

    /** A byte at a time, until the client hangs up or the server is closed. */
    public static Reply dripping(int status) {
        return (call, out) -> {
            out.head(status, JSON).write("{");
            while (!out.closingWithin(Duration.ofMillis(20))) {
                out.write(" ");
            }
        };
    }

    /** A body of JSON that never ends, as fast as the client takes it. */
    public static Reply endless(int status) {
        byte[] block = new byte[64 << 10];
        Arrays.fill(block, (byte) ' ');
        return (call, out) -> {
            out.head(status, JSON).write("{");
            while (!out.closingWithin(Duration.ZERO)) {
                out.write(block);
            }
        };
    }

    /** 64 MB that are small on the wire. */
    public static Reply gzipBomb() {
        byte[] packed = gzip(" ".repeat(MEGABYTE).getBytes(StandardCharsets.UTF_8), 64);
        return (call, out) -> out.head(200, JSON, "Content-Encoding", "gzip").write(packed);
    }

    /** 302. */
    public static Reply redirect(String location) {
        return Reply.whole(302, "text/plain", "", "Location", location);
    }

    /**
     * A reply of JSON, packed by gzip if the client takes that.
     *
     * @param headers names and values by turns
     */
    static void send(RecordedCall call, ReplyWriter out, int status, String json, String... headers)
            throws IOException {
        if (call.header("Accept-Encoding").orElse("").contains("gzip")) {
            String[] more = Arrays.copyOf(headers, headers.length + 2);
            more[headers.length] = "Content-Encoding";
            more[headers.length + 1] = "gzip";
            out.head(status, JSON, more).write(gzip(json.getBytes(StandardCharsets.UTF_8), 1));
        } else {
            out.head(status, JSON, headers).write(json);
        }
    }

    private static byte[] gzip(byte[] block, int times) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < times; i++) {
                gzip.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
