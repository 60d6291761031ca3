package ai.orchestrator.server.engine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of llama.cpp beside {@code llama-server}. */
public final class EnginePrograms {
    private EnginePrograms() {}

    /**
     * The program that was installed with the engine, else one on the path.
     *
     * @param home the folder that has {@code engine}
     * @param path folders as the variable {@code PATH} lists them
     */
    public static Optional<Path> find(Path home, String path, String name) {
        Path installed = new EngineFolder(home)
                .path()
                .resolve(InstalledEngine.BINARY)
                .resolveSibling(name)
                .toAbsolutePath();
        Stream<Path> others = Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name));
        return Stream.concat(Stream.of(installed), others)
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
