package ai.orchestrator.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.server.config.EngineConfig;
import ai.orchestrator.server.config.EngineConfig.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineInstallerTest {
    private static final Cpu CPU = new Cpu("A Processor", new TreeSet<>(List.of("avx2", "fma")));
    private static final String PRINT = "printf(\"version: 7.0 (tiny)\\n\");";

    @TempDir
    Path home;

    private final EngineSite site;
    private final ProgressRecorder progress = new ProgressRecorder();

    EngineInstallerTest() throws IOException {
        site = new EngineSite();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void aReleaseIsInstalledWithItsLibraries() throws Exception {
        EngineConfig release = site.offer(Origin.ARCHIVE, EngineSite.releaseOf("1.0"));

        EngineResult result = install(release);

        assertThat(result.installed()).isTrue();
        assertThat(result.engine().version()).isEqualTo("1.0");
        assertThat(result.engine().built()).isFalse();
        assertThat(result.engine().cpuFlags()).isEmpty();
        assertThat(home.resolve("engine/bin/llama-server")).isExecutable();
        assertThat(home.resolve("engine/bin/libllama.so")).isSymbolicLink().hasContent("a library");
        assertThat(home.resolve("engine/LICENSE")).exists();
        assertNothingIsLeft();
    }

    @Test
    void theProgramMayLieInAFolderOfAnyName() throws Exception {
        byte[] archive = new TarGz()
                .file("llama-b1/llama-server", "#!/bin/sh\necho version: 2\n")
                .file("llama-b1/libggml.so", "a library")
                .bytes();

        assertThat(install(site.offer(Origin.ARCHIVE, archive)).engine().version())
                .isEqualTo("2");
        assertThat(home.resolve("engine/bin/libggml.so")).exists();
        assertNothingIsLeft();
    }

    @Test
    void whatIsThereIsNotInstalledAgainUnlessForced() throws Exception {
        EngineConfig release = site.offer(Origin.ARCHIVE, EngineSite.releaseOf("1.0"));
        EngineResult first = install(release);

        assertThat(install(release)).isEqualTo(new EngineResult(first.engine(), false));
        assertThat(site.requests()).isEqualTo(1);

        assertThat(installer(CPU).install(release, true).installed()).isTrue();
        assertThat(site.requests()).isEqualTo(2);
    }

    @Test
    void anotherReleaseTakesThePlaceOfTheOneThatIsThere() throws Exception {
        install(site.offer(Origin.ARCHIVE, EngineSite.releaseOf("1.0")));

        assertThat(install(site.offer(Origin.ARCHIVE, EngineSite.releaseOf("2.0")))
                        .engine()
                        .version())
                .isEqualTo("2.0");
        assertThat(home.resolve("engine/bin/llama-server")).content().contains("2.0");
        assertNothingIsLeft();
    }

    @Test
    void whereTheNewOneDoesNotRunTheOldOneStays() throws Exception {
        EngineConfig good = site.offer(Origin.ARCHIVE, EngineSite.releaseOf("1.0"));
        install(good);

        assertFails(
                site.offer(Origin.ARCHIVE, EngineSite.release("echo 'GLIBC_9.9 not found' >&2; exit 1")),
                "the program does not run on this machine: GLIBC_9.9 not found");
        assertFails(site.offer(Origin.ARCHIVE, EngineSite.release("kill -ILL $$")), "it ends with status 132");
        assertFails(site.offer(Origin.ARCHIVE, EngineSite.release("echo hello")), "the program names no version");
        assertFails(
                site.offer(Origin.ARCHIVE, new TarGz().file("a", "b").bytes()),
                "the archive has no llama-server in it");

        assertThat(install(good).installed()).isFalse();
        assertThat(home.resolve("engine.new")).doesNotExist();
    }

    @Test
    void aWrongSumIsRefused() throws Exception {
        EngineConfig offered = site.offer(Origin.ARCHIVE, EngineSite.releaseOf("1.0"));
        EngineConfig other = new EngineConfig(Origin.ARCHIVE, offered.from(), "0".repeat(64));

        assertFails(other, "it could not be downloaded: ", "instead of " + other.sha256());
        assertThat(home.resolve("engine")).doesNotExist();
    }

    @Test
    void anEngineIsBuiltFromItsSource() throws Exception {
        EngineResult result = install(site.offer(Origin.SOURCE, EngineSite.source("", PRINT)));

        assertThat(result.engine().version()).isEqualTo("7.0 (tiny)");
        assertThat(result.engine().built()).isTrue();
        assertThat(result.engine().cpu()).isEqualTo("A Processor");
        assertThat(result.engine().cpuFlags()).containsExactly("avx2", "fma");
        assertThat(progress.lines).contains("building llama-server: 100 %");
        try (Stream<Path> files = Files.walk(home.resolve("engine"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> home.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "engine/bin/llama-server",
                            "engine/bin/llama-quantize",
                            "engine/LICENSE",
                            "engine/engine.json");
        }
        assertNothingIsLeft();
    }

    /** What compilers in use make of it ends with an illegal instruction. */
    @Test
    void anEngineIsBuiltWithoutAmx() throws Exception {
        String check = """
                if(NOT CMAKE_C_FLAGS MATCHES "-U__AMX_INT8__" OR NOT CMAKE_CXX_FLAGS MATCHES "-U__AMX_INT8__")
                  message(FATAL_ERROR "with AMX")
                endif()""";

        assertThat(install(site.offer(Origin.SOURCE, EngineSite.source(check, PRINT)))
                        .engine()
                        .version())
                .isEqualTo("7.0 (tiny)");
    }

    @Test
    void aBuildThatStoppedGoesOn() throws Exception {
        Path obstacle = Files.writeString(home.resolve("obstacle"), "");
        EngineConfig source = site.offer(
                Origin.SOURCE,
                EngineSite.source("if(EXISTS \"" + obstacle + "\")\nmessage(FATAL_ERROR \"no room\")\nendif()", PRINT));

        assertFails(source, "cmake cannot prepare the build: CMake Error at CMakeLists.txt:", " no room ");
        assertThat(home.resolve("data/engine/build.log")).content().contains("no room");
        Files.delete(obstacle);

        assertThat(install(source).installed()).isTrue();
        assertThat(site.requests()).isEqualTo(1);
        assertThat(progress.lines).containsOnlyOnce("unpacking the source");
        assertThat(progress.lines)
                .filteredOn(line -> line.startsWith("goes on with the build"))
                .hasSize(1);
    }

    @Test
    void whatTheCompilerSaysIsTheReason() throws Exception {
        assertFails(site.offer(Origin.SOURCE, EngineSite.source("", "no_semicolon")), "the build fails: ", "error: ");
    }

    @Test
    void anEngineForAnotherCpuIsBuiltAnew() throws Exception {
        EngineConfig source = site.offer(Origin.SOURCE, EngineSite.source("", PRINT));
        install(source);

        Cpu older = new Cpu("An older processor", new TreeSet<>(List.of("fma")));
        EngineResult result = installer(older).install(source, false);

        assertThat(progress.lines)
                .contains("the engine there was built for another CPU, which has avx2: a new one is made");
        assertThat(result.installed()).isTrue();
        assertThat(result.engine().cpuFlags()).containsExactly("fma");

        assertThat(installer(CPU).install(source, false).installed()).isFalse();
        assertThat(progress.lines)
                .contains("this CPU also has avx2, which the engine does not use: --force builds one that does");
    }

    @Test
    void withoutToolsItSaysWhatToInstall() throws Exception {
        EngineConfig source = site.offer(Origin.SOURCE, EngineSite.source("", PRINT));

        assertThatThrownBy(() -> new EngineInstaller(home, Map.of("PATH", home.toString()), 1, progress, CPU)
                        .install(source, false))
                .isInstanceOf(EngineFailure.class)
                .hasMessageStartingWith("there is no cmake, no ninja or make, no C compiler, no C++ compiler on PATH")
                .hasMessageContaining("apt-get install cmake ninja-build build-essential");
        assertThat(site.requests()).isZero();
    }

    @Test
    void anEngineThatDoesNotRunAnyMoreIsReplaced() throws Exception {
        EngineConfig release = site.offer(Origin.ARCHIVE, EngineSite.releaseOf("1.0"));
        install(release);
        Files.writeString(home.resolve("engine/bin/llama-server"), "#!/bin/sh\nexit 3\n");

        assertThat(install(release).installed()).isTrue();
        assertThat(progress.lines).anyMatch(line -> line.startsWith("the engine there cannot be used: "));
    }

    @Test
    void aMoveThatWasCutShortIsEnded() throws Exception {
        EngineConfig release = site.offer(Origin.ARCHIVE, EngineSite.releaseOf("1.0"));
        install(release);
        Files.move(home.resolve("engine"), home.resolve("engine.old"));

        assertThat(install(release).installed()).isFalse();
        assertNothingIsLeft();
    }

    @Test
    void aFolderOfTheOperatorIsNotTouched() throws Exception {
        Files.createDirectories(home.resolve("engine/bin"));
        EngineConfig release = site.offer(Origin.ARCHIVE, EngineSite.releaseOf("1.0"));

        assertFails(release, "there is a folder 'engine' that was not made by this command: move it away");
        assertThat(home.resolve("engine/bin")).exists();
    }

    private EngineResult install(EngineConfig config) throws Exception {
        return installer(CPU).install(config, false);
    }

    private EngineInstaller installer(Cpu cpu) {
        return new EngineInstaller(home, System.getenv(), 2, progress, cpu);
    }

    private void assertFails(EngineConfig config, String... reasons) {
        assertThatThrownBy(() -> install(config))
                .isInstanceOf(EngineFailure.class)
                .hasMessageContainingAll(reasons);
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files)
                    .extracting(file -> home.relativize(file).toString())
                    .containsExactlyInAnyOrder("data", "engine");
        }
        try (Stream<Path> files = Files.list(home.resolve("data/engine"))) {
            assertThat(files)
                    .extracting(file -> String.valueOf(file.getFileName()))
                    .containsExactly("lock");
        }
    }
}
