package ai.orchestrator.server.engine;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds llama.cpp's programs for this machine's CPU. A build that was interrupted goes on where it stopped. */
final class CMakeBuild {
    private static final String LOG = "build.log";
    private static final Duration LONGEST = Duration.ofHours(12);
    // one program without libraries of its own, so that it can be moved; nothing that is fetched while it builds
    private static final List<String> OPTIONS = List.of(
            "-DCMAKE_BUILD_TYPE=Release",
            "-DBUILD_SHARED_LIBS=OFF",
            "-DGGML_NATIVE=ON",
            "-DLLAMA_BUILD_TESTS=OFF",
            "-DLLAMA_BUILD_EXAMPLES=OFF",
            "-DLLAMA_BUILD_APP=OFF",
            "-DLLAMA_BUILD_UI=OFF",
            "-DLLAMA_USE_PREBUILT_UI=OFF",
            "-DLLAMA_OPENSSL=OFF");

    // GCC 12 and older write AMX tiles' configuration wrongly, and what they build ends with an illegal instruction
    // where the CPU has AMX
    private static final String WITHOUT_AMX = "-U__AMX_INT8__";

    private static final List<String> TARGETS = List.of("--target", "llama-server", "llama-quantize");

    private final BuildTools tools;
    private final Path work;
    private final EngineProgress progress;
    private BuildOutput output;

    /** @param work a folder that takes the log of the build */
    CMakeBuild(BuildTools tools, Path work, EngineProgress progress) {
        this.tools = tools;
        this.work = work;
        this.progress = progress;
        output = new BuildOutput(progress);
    }

    /**
     * Builds.
     *
     * @param source the folder with llama.cpp's {@code CMakeLists.txt}
     * @param build the folder to build in, which may hold an earlier build of the same
     * @param jobs how many compilers may run at once
     * @return the folder with the programs
     */
    Path run(Path source, Path build, int jobs) throws IOException, EngineFailure, InterruptedException {
        Files.deleteIfExists(work.resolve(LOG));
        boolean goesOn = Files.exists(build);
        progress.step((goesOn ? "goes on with" : "begins") + " the build: " + tools.generator() + ", "
                + (jobs == 1 ? "one job" : jobs + " jobs"));
        boolean prepared = configure(source, build);
        if (!prepared && goesOn) {
            FileTree.delete(build); // it may be of another place, or of another cmake
            prepared = configure(source, build);
        }
        if (!prepared) {
            throw failure("cmake cannot prepare the build");
        }
        List<String> arguments =
                new ArrayList<>(List.of("--build", build.toString(), "--parallel", String.valueOf(jobs)));
        arguments.addAll(TARGETS);
        if (!cmake(arguments)) {
            throw failure("the build fails");
        }
        return build.resolve("bin");
    }

    private boolean configure(Path source, Path build) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "-S",
                source.toString(),
                "-B",
                build.toString(),
                "-G",
                tools.generator(),
                "-DCMAKE_MAKE_PROGRAM=" + tools.maker()));
        arguments.addAll(OPTIONS);
        arguments.add("-DCMAKE_C_FLAGS=" + flags("CFLAGS"));
        arguments.add("-DCMAKE_CXX_FLAGS=" + flags("CXXFLAGS"));
        return cmake(arguments);
    }

    /** A compiler's flags: the operator's own, and ours. */
    private static String flags(String variable) {
        return Stream.of(System.getenv(variable), WITHOUT_AMX)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    private boolean cmake(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tools.cmake().toString()));
        command.addAll(arguments);
        output = new BuildOutput(progress);
        // a repository around the home folder is not the one that the source is from
        Map<String, String> environment = Map.of("GIT_CEILING_DIRECTORIES", work.toString());
        try (PrintWriter log = new PrintWriter(
                Files.newBufferedWriter(work.resolve(LOG), StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            return new Tool(command, environment, LONGEST).run(output.andThen(log::println)) == 0;
        }
    }

    private EngineFailure failure(String what) {
        String memory = output.reason().contains("Killed") ? "; perhaps memory ran out: try --jobs 1" : "";
        return new EngineFailure(what + ": " + output.reason() + memory + " (data/engine/" + LOG + " has all of it)");
    }
}
