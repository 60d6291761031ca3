package ai.orchestrator.server.engine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The folder {@code engine} in the home folder. A new one is made beside it and takes its place in one move. */
final class EngineFolder {
    private static final String DESCRIPTION = "engine.json";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path engine;
    private final Path fresh;
    private final Path old;

    EngineFolder(Path home) {
        engine = home.resolve("engine");
        fresh = home.resolve("engine.new");
        old = home.resolve("engine.old");
    }

    Path path() {
        return engine;
    }

    /** Ends what a process that ended in the middle of it has left. */
    void recover() throws IOException {
        if (!Files.exists(engine) && Files.exists(old)) {
            move(old, engine);
        }
        FileTree.delete(old);
    }

    /** What is installed; empty if that is nothing, or unreadable. */
    Optional<InstalledEngine> installed() {
        try {
            return Optional.of(JSON.readValue(engine.resolve(DESCRIPTION).toFile(), InstalledEngine.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a folder is there that was not made here. */
    boolean isForeign() {
        return Files.exists(engine) && !Files.exists(engine.resolve(DESCRIPTION));
    }

    /** An empty folder for a new engine. */
    Path begin() throws IOException {
        FileTree.delete(fresh);
        return Files.createDirectories(fresh);
    }

    /** Puts the new engine in the place of the old one. */
    void finish(InstalledEngine description) throws IOException {
        JSON.writeValue(fresh.resolve(DESCRIPTION).toFile(), description);
        if (Files.exists(engine)) {
            move(engine, old);
        }
        move(fresh, engine);
        FileTree.delete(old);
    }

    /** Removes what has not been finished. */
    void giveUp() throws IOException {
        FileTree.delete(fresh);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
