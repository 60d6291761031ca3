package ai.orchestrator.server.download;

import static ai.orchestrator.server.download.Downloads.CONTENT;
import static ai.orchestrator.server.download.Downloads.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.config.DownloadConfig;
import ai.orchestrator.server.config.DownloadConfig.Web;
import ai.orchestrator.server.download.DownloadResult.Outcome;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {
    @TempDir
    Path home;

    private final FileServer server = new FileServer(CONTENT);
    private Downloads downloads = new Downloads(Path.of(""));

    @BeforeEach
    void newHome() {
        downloads = new Downloads(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRightFileIsLeftAlone() throws Exception {
        downloads.put(downloads.file(), CONTENT);

        assertThat(downloads.obtain(known()).outcome()).isEqualTo(Outcome.PRESENT);
        assertThat(server.ranges()).isEmpty();
    }

    @Test
    void aFileOfWhichNothingIsKnownIsRightIfItIsNotEmpty() throws Exception {
        downloads.put(downloads.file(), bytes(2, 10));
        assertThat(downloads.obtain(Downloads.unknown(new Web(server.uri()))).outcome())
                .isEqualTo(Outcome.PRESENT);

        downloads.put(downloads.file(), new byte[0]);
        assertThat(downloads.obtain(Downloads.unknown(new Web(server.uri()))).outcome())
                .isEqualTo(Outcome.OBTAINED);
    }

    @Test
    void aFileOfAnotherSizeOrSumIsReplaced() throws Exception {
        for (int size : new int[] {10, CONTENT.length}) {
            downloads.put(downloads.file(), bytes(2, size));

            assertThat(downloads.obtain(known()).outcome()).isEqualTo(Outcome.OBTAINED);
            assertThat(downloads.file()).hasBinaryContent(CONTENT);
        }
        assertThat(downloads.progress)
                .contains("tiny: the file there has 10 bytes instead of 300000 and is obtained anew")
                .anyMatch(line -> line.contains("the file there has the SHA-256 sum "));
    }

    @Test
    void aFailureLeavesTheFileThatIsThere() throws Exception {
        byte[] old = bytes(2, 10);
        downloads.put(downloads.file(), old);
        server.content = bytes(3, CONTENT.length);

        assertThat(downloads.obtain(known()).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(downloads.file()).hasBinaryContent(old);
    }

    @Test
    void withoutASourceThereIsNoAddress() throws Exception {
        assertThat(downloads.obtain(Downloads.known()))
                .isEqualTo(new DownloadResult(
                        "tiny", "models/tiny.gguf", Outcome.FAILED, List.of("no address configured")));
    }

    @Test
    void foldersAreMade() throws Exception {
        DownloadConfig deep = new DownloadConfig(
                "deep", "a/b/c.gguf", OptionalLong.empty(), Optional.empty(), List.of(new Web(server.uri())), false);

        assertThat(downloads.obtain(deep).outcome()).isEqualTo(Outcome.OBTAINED);
        assertThat(home.resolve("models/a/b/c.gguf")).hasBinaryContent(CONTENT);
    }

    @Test
    void aFileWhereTheFolderShouldBeIsAFailure() throws Exception {
        Files.writeString(home.resolve("models"), "not a folder");

        DownloadResult result = downloads.obtain(known());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons())
                .singleElement()
                .asString()
                .startsWith("the folders 'models' and 'data' cannot be used: ")
                .doesNotContain(home.toString());
    }

    @Test
    void moreThanTheDiskHoldsIsNotBegun() throws Exception {
        DownloadConfig huge =
                Downloads.config(OptionalLong.of(Long.MAX_VALUE / 2), Optional.empty(), new Web(server.uri()));

        assertThat(downloads.obtain(huge).reasons()).singleElement().asString().contains("do not fit on the disk");
        assertThat(server.ranges()).isEmpty();
    }

    @Test
    void onlyOneDownloadRunsAtATime() throws Exception {
        Path lock = home.resolve("data/downloads/lock");
        downloads.put(lock, new byte[0]);
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock other = channel.lock()) {
            assertThat(other.isValid()).isTrue();
            assertThat(downloads.obtain(known()).reasons()).containsExactly("another download is running");
        }
        assertThat(downloads.obtain(known()).outcome()).isEqualTo(Outcome.OBTAINED);
    }

    private DownloadConfig known() {
        return Downloads.known(new Web(server.uri()));
    }
}
