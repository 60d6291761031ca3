package ai.orchestrator.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineProgramsTest {
    @TempDir
    Path home;

    private Path program(String name, boolean executable) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/bin/sh\n");
        assertThat(file.toFile().setExecutable(executable)).isTrue();
        return file;
    }

    @Test
    void prefersWhatWasInstalled() throws IOException {
        Path other = program("other/tool", true);
        program("plain/tool", false);
        String path = home.resolve("none")
                + File.pathSeparator
                + File.pathSeparator
                + home.resolve("plain")
                + File.pathSeparator
                + home.resolve("other");
        assertThat(EnginePrograms.find(home, path, "tool")).contains(other);

        Path installed = program("engine/bin/tool", true);
        assertThat(EnginePrograms.find(home, path, "tool")).contains(installed);
        assertThat(EnginePrograms.find(home, "", "nothing")).isEmpty();
    }
}
