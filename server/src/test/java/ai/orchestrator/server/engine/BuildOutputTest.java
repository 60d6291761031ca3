package ai.orchestrator.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildOutputTest {
    private final ProgressRecorder progress = new ProgressRecorder();
    private final BuildOutput output = new BuildOutput(progress);

    @Test
    void ninjaAndMakeTellHowFarTheyAre() {
        output.accept("[1/210] Building CXX object a.o");
        output.accept("[105/210] Building CXX object b.o");
        output.accept("[  7%] Building CXX object c.o");
        output.accept("[100%] Linking");
        output.accept("[note] nothing");

        assertThat(progress.lines)
                .containsExactly(
                        "building llama-server: 0 %",
                        "building llama-server: 50 %", "building llama-server: 7 %", "building llama-server: 100 %");
    }

    @Test
    void theFirstErrorIsTheReason() {
        output.accept("[1/2] Building CXX object a.o");
        output.accept("a.cpp:3:1: error: expected ';'");
        output.accept("b.cpp:3:1: error: another");
        output.accept("ninja: build stopped: subcommand failed.");

        assertThat(output.reason()).isEqualTo("a.cpp:3:1: error: expected ';'");
    }

    @Test
    void cmakesExplanationBelongsToItsError() {
        output.accept("CMake Error at CMakeLists.txt:5 (message):");
        output.accept("  there is no such thing");
        output.accept("");
        output.accept("-- Configuring incomplete, errors occurred!");

        assertThat(output.reason()).isEqualTo("CMake Error at CMakeLists.txt:5 (message): there is no such thing");
    }

    @Test
    void withoutAnErrorTheLastLineIsTheReason() {
        output.accept("something odd");
        output.accept("  ");

        assertThat(output.reason()).isEqualTo("something odd");
    }
}
