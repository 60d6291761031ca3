package ai.orchestrator.server.download;

import static ai.orchestrator.server.download.Downloads.CONTENT;
import static ai.orchestrator.server.download.Downloads.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.config.DownloadConfig;
import ai.orchestrator.server.config.DownloadConfig.Web;
import ai.orchestrator.server.download.DownloadResult.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebDownloadTest {
    @TempDir
    Path home;

    private final FileServer server = new FileServer(CONTENT);
    private Downloads downloads = new Downloads(Path.of(""));

    @BeforeEach
    void newHome() {
        downloads = new Downloads(home);
        server.part = downloads.part();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFileIsObtained() throws Exception {
        assertThat(downloads.obtain(known()))
                .isEqualTo(new DownloadResult("tiny", "models/tiny.gguf", Outcome.OBTAINED, List.of()));

        assertThat(downloads.file()).hasBinaryContent(CONTENT);
        assertThat(downloads.models()).containsExactly("tiny.gguf");
    }

    @Test
    void aBrokenTransferGoesOnWhereItEnded() throws Exception {
        server.bytesBeforeBreak = 100_000;

        assertThat(downloads.obtain(known()).outcome()).isEqualTo(Outcome.OBTAINED);

        assertThat(downloads.file()).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).containsExactly("", "bytes=100000-", "bytes=200000-");
    }

    @Test
    void aServerThatCannotResumeIsAskedForTheWholeAgain() throws Exception {
        server.resumes = false;
        server.bytesBeforeBreak = 100_000;
        server.breaks.set(2);

        assertThat(downloads.obtain(known()).outcome()).isEqualTo(Outcome.OBTAINED);

        assertThat(downloads.file()).hasBinaryContent(CONTENT);
    }

    @Test
    void aServerThatNeverGetsFurtherIsGivenUp() throws Exception {
        server.resumes = false;
        server.bytesBeforeBreak = 100_000;

        DownloadResult result = downloads.obtain(known());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons()).singleElement().asString().contains("the transfer fails: ");
        assertThat(downloads.file()).doesNotExist();
    }

    @Test
    void whatArrivedIsKeptForALaterRun() throws Exception {
        server.bytesBeforeBreak = 100_000;
        server.at("/once", exchange -> {
            boolean first = server.ranges().isEmpty();
            exchange.getResponseHeaders().set("Location", "/file");
            exchange.sendResponseHeaders(first ? 302 : 503, -1);
        });

        assertThat(downloads
                        .obtain(Downloads.known(new Web(server.uri("/once"))))
                        .reasons())
                .containsExactly(server.uri("/once") + ": the server answers with status 503");
        assertThat(downloads.models()).containsExactly("tiny.gguf.part");
        assertThat(downloads.part()).hasBinaryContent(Arrays.copyOf(CONTENT, 100_000));
    }

    @Test
    void aLaterRunGoesOnWithWhatAnEarlierOneLeft() throws Exception {
        downloads.put(downloads.part(), Arrays.copyOf(CONTENT, 120_000));

        assertThat(downloads.obtain(known()).outcome()).isEqualTo(Outcome.OBTAINED);

        assertThat(downloads.file()).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).containsExactly("bytes=120000-");
    }

    @Test
    void aWholePartNeedsNoRequest() throws Exception {
        downloads.put(downloads.part(), CONTENT);

        assertThat(downloads.obtain(known()).outcome()).isEqualTo(Outcome.OBTAINED);

        assertThat(downloads.file()).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).isEmpty();
    }

    @Test
    void aWholePartOfUnknownSizeIsRecognised() throws Exception {
        downloads.put(downloads.part(), CONTENT);

        DownloadConfig config =
                Downloads.config(OptionalLong.empty(), Optional.of(Downloads.sum(CONTENT)), new Web(server.uri()));

        assertThat(downloads.obtain(config).outcome()).isEqualTo(Outcome.OBTAINED);
        assertThat(server.ranges()).containsExactly("bytes=300000-");
    }

    @Test
    void aPartOfAnotherFileIsDroppedWhenTheSumTells() throws Exception {
        downloads.put(downloads.part(), bytes(2, 120_000));

        assertThat(downloads.obtain(known()).outcome()).isEqualTo(Outcome.OBTAINED);

        assertThat(downloads.file()).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).containsExactly("bytes=120000-", "");
    }

    @Test
    void aPartThatIsLongerThanTheFileIsDropped() throws Exception {
        downloads.put(downloads.part(), bytes(2, 400_000));

        assertThat(downloads.obtain(known()).outcome()).isEqualTo(Outcome.OBTAINED);

        assertThat(downloads.file()).hasBinaryContent(CONTENT);
    }

    @Test
    void withoutASumAnEarlierPartIsNotTrusted() throws Exception {
        downloads.put(downloads.part(), bytes(2, 120_000));

        assertThat(downloads.obtain(Downloads.unknown(new Web(server.uri()))).outcome())
                .isEqualTo(Outcome.OBTAINED);

        assertThat(downloads.file()).hasBinaryContent(CONTENT);
        assertThat(downloads.progress).anyMatch(line -> line.contains("no 'sha256' is configured"));
    }

    @Test
    void withoutASumATransferGoesOnOnlyInTheSameVersion() throws Exception {
        server.etag = Optional.of("\"1\"");
        server.bytesBeforeBreak = 200_000;
        server.breaks.set(1);

        assertThat(downloads.obtain(Downloads.unknown(new Web(server.uri()))).outcome())
                .isEqualTo(Outcome.OBTAINED);

        assertThat(server.ranges()).containsExactly("", "bytes=200000-");
        assertThat(downloads.file()).hasBinaryContent(CONTENT);
    }

    @Test
    void withoutASumAFileThatChangesMeanwhileIsNotMixed() throws Exception {
        byte[] changed = bytes(3, 310_000);
        server.at("/changing", exchange -> {
            exchange.getResponseHeaders().set("Location", "/file");
            exchange.sendResponseHeaders(302, -1);
            if (server.ranges().size() == 1) {
                server.content = changed;
                server.etag = Optional.of("\"2\"");
            }
        });
        server.etag = Optional.of("\"1\"");
        server.bytesBeforeBreak = 200_000;
        server.breaks.set(1);

        assertThat(downloads
                        .obtain(Downloads.unknown(new Web(server.uri("/changing"))))
                        .outcome())
                .isEqualTo(Outcome.OBTAINED);

        assertThat(server.ranges()).containsExactly("", "bytes=200000-");
        assertThat(downloads.file()).hasBinaryContent(changed);
    }

    @Test
    void wrongBytesNeverGetTheName() throws Exception {
        server.content = bytes(2, CONTENT.length);

        DownloadResult result = downloads.obtain(known());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons())
                .containsExactly(server.uri() + ": the file has the SHA-256 sum " + Downloads.sum(server.content)
                        + " instead of " + Downloads.sum(CONTENT));
        assertThat(downloads.models()).isEmpty();
    }

    @Test
    void aFileOfAnotherSizeIsRefusedBeforeItIsTransferred() throws Exception {
        server.content = bytes(2, 200_000);

        assertThat(downloads.obtain(known()).reasons())
                .containsExactly(server.uri() + ": the file there has 200000 bytes instead of 300000");
        assertThat(downloads.models()).isEmpty();
    }

    @Test
    void aServerThatAnnouncesMoreThanItSendsIsGivenUp() throws Exception {
        server.at("/liar", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 1_000);
            exchange.getResponseBody().flush();
            throw new IOException("that was all");
        });

        assertThat(downloads
                        .obtain(Downloads.unknown(new Web(server.uri("/liar"))))
                        .outcome())
                .isEqualTo(Outcome.FAILED);
        assertThat(downloads.file()).doesNotExist();
    }

    @Test
    void aServerThatDoesNotEndIsStoppedAtTheSizeThatIsExpected() throws Exception {
        server.at("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (true) {
                body.write(CONTENT);
            }
        });

        assertThat(downloads
                        .obtain(Downloads.known(new Web(server.uri("/endless"))))
                        .reasons())
                .containsExactly(
                        server.uri("/endless") + ": it gives more than the 300000 bytes that the file should have");
        assertThat(downloads.models()).isEmpty();
    }

    @Test
    void aServerThatSendsAnotherPartIsAskedForTheWhole() throws Exception {
        downloads.put(downloads.part(), Arrays.copyOf(CONTENT, 120_000));
        server.at("/shifted", exchange -> {
            boolean partly = exchange.getRequestHeaders().containsKey("Range");
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-299999/300000");
            exchange.sendResponseHeaders(partly ? 206 : 200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        });

        assertThat(downloads
                        .obtain(Downloads.known(new Web(server.uri("/shifted"))))
                        .outcome())
                .isEqualTo(Outcome.OBTAINED);
        assertThat(downloads.file()).hasBinaryContent(CONTENT);
    }

    @Test
    void aServerThatFallsSilentIsNotWaitedForForEver() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.at("/silent", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 1_000);
            exchange.getResponseBody().flush();
            await(end);
        });
        server.at("/dumb", exchange -> await(end));

        DownloadResult result = downloads.obtain(
                Downloads.known(new Web(server.uri("/silent")), new Web(server.uri("/dumb"))), Duration.ofMillis(200));
        end.countDown();

        assertThat(result.reasons())
                .containsExactly(
                        server.uri("/silent") + ": the transfer fails: nothing arrives for 0.2 s",
                        server.uri("/dumb") + ": the transfer fails: no answer within 0.2 s");
    }

    @Test
    void aRedirectWithinTheServerIsFollowed() throws Exception {
        redirect("/moved", "/file");
        downloads.put(downloads.part(), Arrays.copyOf(CONTENT, 120_000));

        assertThat(downloads
                        .obtain(Downloads.known(new Web(server.uri("/moved"))))
                        .outcome())
                .isEqualTo(Outcome.OBTAINED);
        assertThat(server.ranges()).containsExactly("bytes=120000-");
    }

    @Test
    void aRedirectToPlainHttpElsewhereIsRefused() throws Exception {
        redirect("/away", server.uri().toString().replace("127.0.0.1", "localhost"));

        assertThat(downloads
                        .obtain(Downloads.known(new Web(server.uri("/away"))))
                        .reasons())
                .containsExactly(server.uri("/away") + ": the server redirects to something else than https");
        assertThat(downloads.models()).isEmpty();
    }

    @Test
    void theNextSourceIsTriedAndEveryFailureIsListed() throws Exception {
        URI missing = server.uri("/missing");
        URI nobody = unusedAddress();

        assertThat(downloads
                        .obtain(Downloads.known(new Web(missing), new Web(nobody)))
                        .reasons())
                .containsExactly(
                        missing + ": the server answers with status 404",
                        nobody + ": the transfer fails: it cannot be reached");
        assertThat(downloads
                        .obtain(Downloads.known(new Web(missing), new Web(server.uri())))
                        .outcome())
                .isEqualTo(Outcome.OBTAINED);
    }

    @Test
    void whatMayBeSecretInAnAddressIsNotShown() throws Exception {
        URI secret =
                URI.create(server.uri("/missing").toString().replace("http://", "http://joe:hush@") + "?token=hush");

        assertThat(downloads.obtain(Downloads.known(new Web(secret))).reasons())
                .containsExactly(server.uri("/missing") + ": the server answers with status 404");
        assertThat(downloads.progress).noneMatch(line -> line.contains("hush"));
    }

    private DownloadConfig known() {
        return Downloads.known(new Web(server.uri()));
    }

    private void redirect(String from, String to) {
        server.at(from, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        });
    }

    private static URI unusedAddress() {
        try (FileServer gone = new FileServer(CONTENT)) {
            return gone.uri();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
