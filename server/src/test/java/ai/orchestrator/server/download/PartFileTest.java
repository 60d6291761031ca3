package ai.orchestrator.server.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
    private static final Expected ANY = new Expected(OptionalLong.empty(), Optional.empty());

    @TempDir
    Path folder;

    @Test
    void isWrittenByOneAtATime() throws SourceFailure {
        Path path = folder.resolve("part");
        try (PartFile first = PartFile.open(path, ANY, size -> {})) {
            first.append(new byte[] {1, 2}, 2);
            assertThatThrownBy(() -> PartFile.open(path, ANY, size -> {})).isInstanceOf(PartFile.InUse.class);
        }
        try (PartFile next = PartFile.open(path, ANY, size -> {})) {
            assertThat(next.size()).isEqualTo(2);
        }
    }
}
