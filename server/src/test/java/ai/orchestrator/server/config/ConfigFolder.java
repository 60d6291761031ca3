package ai.orchestrator.server.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A home folder with an {@code orchestrator.yaml} that a test writes. */
public final class ConfigFolder {
    private ConfigFolder() {}

    public static void write(Path home, String yaml) {
        try {
            Files.createDirectories(home.resolve("config"));
            Files.writeString(home.resolve(ConfigLoader.FILE), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static OrchestratorConfig load(Path home, String yaml, Map<String, String> environment) {
        write(home, yaml);
        return ConfigLoader.load(home, environment, ListenAddress.NONE);
    }

    public static OrchestratorConfig load(Path home, String yaml) {
        return load(home, yaml, Map.of());
    }
}
