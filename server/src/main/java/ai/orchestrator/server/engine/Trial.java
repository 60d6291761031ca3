package ai.orchestrator.server.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Finds out whether an engine runs on this machine, by asking it for its version. */
final class Trial {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String VERSION = "version: ";

    private Trial() {}

    /**
     * Runs the program in an engine's folder.
     *
     * @return its version in its own words
     * @throws EngineFailure if it does not run here
     */
    static String version(Path engine) throws EngineFailure, InterruptedException {
        Path program = engine.resolve(InstalledEngine.BINARY);
        if (!Files.isExecutable(program)) {
            throw new EngineFailure("there is no program " + InstalledEngine.BINARY);
        }
        List<String> lines = new CopyOnWriteArrayList<>();
        try {
            int status = new Tool(List.of(program.toString(), "--version"), Map.of(), LONGEST).run(lines::add);
            if (status != 0) {
                throw new EngineFailure("the program does not run on this machine: "
                        + (lines.isEmpty() ? "it ends with status " + status : lines.getLast()));
            }
        } catch (IOException e) {
            throw new EngineFailure("the program does not run on this machine", e);
        }
        return lines.stream()
                .filter(line -> line.startsWith(VERSION))
                .map(line -> line.substring(VERSION.length()).strip())
                .findFirst()
                .orElseThrow(() -> new EngineFailure("the program names no version, as llama-server does"));
    }
}
