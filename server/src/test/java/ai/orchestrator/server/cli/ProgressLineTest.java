package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.config.ConfigFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressLineTest {
    private final StringWriter out = new StringWriter();
    private long now;

    @TempDir
    Path home;

    @Test
    void onATerminalOneLineIsWrittenOver() {
        ProgressLine progress = progress(true);
        progress.step("begins");
        progress.at("1 %");
        progress.at("2 %");
        progress.step("ends");
        progress.end();

        assertThat(out).hasToString("begins\n\r\033[K1 %\r\033[K2 %\r\033[Kends\n");
    }

    @Test
    void elsewhereThereIsALineNowAndThen() {
        ProgressLine progress = progress(false);
        progress.at("1 %");
        progress.at("2 %");
        progress.step("something else");
        now += Duration.ofSeconds(10).toNanos();
        progress.at("3 %");
        progress.end();

        assertThat(out).hasToString("1 %\nsomething else\n3 %\n");
    }

    private ProgressLine progress(boolean updates) {
        return new ProgressLine(
                new PrintWriter(out, true), ConfigFolder.load(home, "{}").origins(), updates, () -> now);
    }
}
