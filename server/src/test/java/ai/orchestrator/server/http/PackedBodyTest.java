package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.TestClient.Reply;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedBodyTest {
    private static final int MB = 1 << 20;
    private static final byte[] HELLO = "{\"say\":\"hello\"}".getBytes(StandardCharsets.UTF_8);
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.of(routes -> routes.post("/api/echo", ErrorStyle.PLAIN, exchange -> echo(exchange, 64 * MB))
                .post("/api/small", ErrorStyle.PLAIN, exchange -> echo(exchange, 1000))
                .post("/api/upload", ErrorStyle.PLAIN, exchange -> exchange.send(200, all(exchange.body()))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void echo(Exchange exchange, long most) {
        String said = exchange.jsonBody(most).members().text("say");
        exchange.sendJson((said.length() > 100 ? "long" : said).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] all(InputStream in) {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void takesUploadsAsTheyAreOnly() throws IOException {
        Reply packed = server.client()
                .send("POST", "/api/upload", BodyPublishers.ofByteArray(gzip(HELLO)), "Content-Encoding", "gzip");

        assertThat(server.client().post("/api/upload", "plain").body()).isEqualTo("plain");
        assertThat(packed.status()).isEqualTo(415);
        assertThat(packed.body()).isEqualTo("{\"error\":\"an upload is not taken packed: send it plain\"}");
    }

    @Test
    void unpacksBodies() throws IOException {
        assertThat(post("zstd", Zstd.compress(HELLO)).body()).isEqualTo("hello");
        assertThat(post("ZSTD", Zstd.compress(HELLO, 19)).body()).isEqualTo("hello");
        assertThat(post("gzip", gzip(HELLO)).body()).isEqualTo("hello");
        assertThat(post("x-gzip", gzip(HELLO)).body()).isEqualTo("hello");
        assertThat(post("identity", HELLO).body()).isEqualTo("hello");
    }

    @Test
    void unpacksWhatWasPackedPieceByPiece() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(packed)) {
            out.write(HELLO, 0, 5);
            out.flush();
            out.write(HELLO, 5, HELLO.length - 5);
        }
        assertThat(post("zstd", packed.toByteArray()).body()).isEqualTo("hello");

        packed.reset();
        packed.writeBytes(Zstd.compress(Arrays.copyOf(HELLO, 5)));
        packed.writeBytes(Zstd.compress(Arrays.copyOfRange(HELLO, 5, HELLO.length)));
        assertThat(post("zstd", packed.toByteArray()).body()).as("two frames").isEqualTo("hello");
    }

    @Test
    void refusesAFrameThatAsksForMuchMemory() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(packed).setLong(27)) {
            out.write(HELLO);
        }

        assertThat(post("zstd", packed.toByteArray()).body())
                .isEqualTo("{\"error\":\"the request body cannot be unpacked as zstd\"}");
    }

    @Test
    void unpacksUpToTwentyMegabytes() throws IOException {
        byte[] most = say(20 * MB);
        byte[] more = say(20 * MB + 1);

        assertThat(post("zstd", Zstd.compress(most)).body()).isEqualTo("long");
        assertThat(post("gzip", gzip(most)).body()).isEqualTo("long");
        for (Reply reply : new Reply[] {post("zstd", Zstd.compress(more)), post("gzip", gzip(more))}) {
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.body())
                    .isEqualTo("{\"error\":\"request body is larger than 20971520 bytes when unpacked\"}");
        }
    }

    @Test
    void stopsAtTheLimitOfTheSurface() {
        Reply reply = server.client()
                .send(
                        "POST",
                        "/api/small",
                        BodyPublishers.ofByteArray(Zstd.compress(say(1001))),
                        "Content-Encoding",
                        "zstd");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).isEqualTo("{\"error\":\"request body is larger than 1000 bytes when unpacked\"}");
    }

    @Test
    void stopsABombEarly() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(bomb)) {
            byte[] zeros = new byte[MB];
            for (int i = 0; i < 2048; i++) {
                out.write(zeros);
            }
        }

        assertThat(bomb.size()).isLessThan(MB);
        assertThat(post("zstd", bomb.toByteArray()).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip"})
    void refusesWhatIsNotWhole(String encoding) throws IOException {
        byte[] packed = encoding.equals("zstd") ? Zstd.compress(say(5000)) : gzip(say(5000));
        byte[] cut = Arrays.copyOf(packed, packed.length - 3);

        for (byte[] broken : new byte[][] {HELLO, cut}) {
            Reply reply = post(encoding, broken);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body())
                    .isEqualTo("{\"error\":\"the request body cannot be unpacked as " + encoding + "\"}");
        }
        assertThat(post(encoding, new byte[0]).body()).isEqualTo("{\"error\":\"missing request body\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "gzip, zstd", "x"})
    void refusesEncodingsThatItDoesNotKnow(String encoding) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: " + encoding
                    + "\r\nContent-Length: 2\r\n\r\n{}");
            RawConnection.Reply reply = connection.read();
            connection.post("/api/echo", "{\"say\":\"still here\"}");

            assertThat(reply.status()).contains("415");
            assertThat(reply.body())
                    .isEqualTo("{\"error\":\"the Content-Encoding of the request is not supported: send it plain, "
                            + "or by gzip or zstd\"}");
            assertThat(connection.read().body()).isEqualTo("still here");
        }
    }

    private static Reply post(String encoding, byte[] body) {
        return server.client()
                .send("POST", "/api/echo", BodyPublishers.ofByteArray(body), "Content-Encoding", encoding);
    }

    /** A body of so many bytes. */
    private static byte[] say(int size) {
        String around = "{\"say\":\"\"}";
        return around.replace("\"\"", "\"" + "x".repeat(size - around.length()) + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }
}
