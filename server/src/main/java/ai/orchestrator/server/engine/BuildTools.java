package ai.orchestrator.server.engine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a build needs.
 *
 * @param generator what cmake calls the program that runs the build
 * @param maker that program
 */
record BuildTools(Path cmake, String generator, Path maker) {
    private static final String HOW = " to build the engine: install what is missing"
            + " (Debian, Ubuntu: apt-get install cmake ninja-build build-essential;"
            + " Fedora: dnf install cmake ninja-build gcc-c++; macOS: xcode-select --install and brew install cmake),"
            + " or name a release under 'engine.archive'";

    /** Finds them as the environment says. */
    static BuildTools find(Map<String, String> environment) throws EngineFailure {
        Search search = new Search(environment);
        Optional<Path> cmake = search.first("cmake");
        Optional<Path> ninja = search.first("ninja", "ninja-build");
        Optional<Path> maker = ninja.or(() -> search.first("make", "gmake"));
        List<String> missing = new ArrayList<>();
        if (cmake.isEmpty()) {
            missing.add("cmake");
        }
        if (maker.isEmpty()) {
            missing.add("ninja or make");
        }
        if (!environment.containsKey("CC") && search.first("cc", "gcc", "clang").isEmpty()) {
            missing.add("C compiler");
        }
        if (!environment.containsKey("CXX")
                && search.first("c++", "g++", "clang++").isEmpty()) {
            missing.add("C++ compiler");
        }
        if (cmake.isEmpty() || maker.isEmpty() || !missing.isEmpty()) {
            throw new EngineFailure("there is no " + String.join(", no ", missing) + " on PATH" + HOW);
        }
        return new BuildTools(cmake.get(), ninja.isPresent() ? "Ninja" : "Unix Makefiles", maker.get());
    }

    private record Search(Map<String, String> environment) {
        Optional<Path> first(String... names) {
            return Arrays.stream(names).flatMap(this::all).findFirst();
        }

        private Stream<Path> all(String name) {
            return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                    .filter(folder -> !folder.isEmpty())
                    .flatMap(folder -> path(folder, name))
                    .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
        }

        private static Stream<Path> path(String folder, String name) {
            try {
                return Stream.of(Path.of(folder, name));
            } catch (InvalidPathException e) {
                return Stream.empty();
            }
        }
    }
}
