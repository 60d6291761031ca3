package ai.orchestrator.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads {@code config/orchestrator.yaml}. */
public final class ConfigLoader {
    /** The file, relative to the home folder. */
    public static final String FILE = "config/orchestrator.yaml";

    private ConfigLoader() {}

    /**
     * Reads the file, puts the environment and the command line over it, and checks the whole.
     *
     * @param home the folder that holds {@code config}
     * @param commandLine the address as far as the command line gives it
     * @throws ConfigException if anything in it is wrong
     */
    public static OrchestratorConfig load(Path home, Map<String, String> environment, ListenAddress commandLine) {
        ConfigTree tree = TreeReader.read(text(home.resolve(FILE)), FILE, environment);
        List<String> notices = new ArrayList<>();
        OllamaVariables ollama = new OllamaVariables(tree, environment, notices);
        ollama.apply();
        EnvironmentOverrides.apply(tree, home, environment, notices);
        ollama.addOrigins();
        listenOn(tree, environment, commandLine);
        return Section.readAll(tree, root -> new ConfigReader(notices, tree.origins(), ollama.cloudOff()).read(root));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(
                    FILE + ": is not there; ORCHESTRATOR_HOME names the folder that holds 'config'", e);
        } catch (CharacterCodingException e) {
            throw new ConfigException(FILE + ": is not UTF-8 text", e);
        } catch (IOException e) {
            throw new ConfigException(FILE + ": cannot be read", e);
        }
    }

    private static void listenOn(ConfigTree tree, Map<String, String> environment, ListenAddress commandLine) {
        ListenAddress ollama = OllamaHost.parse(environment.getOrDefault("OLLAMA_HOST", ""));
        address(tree, ollama.host(), ollama.port().stream().boxed().findFirst(), "environment variable OLLAMA_HOST");
        address(tree, text(environment, "HOST"), Optional.empty(), "environment variable HOST");
        address(tree, Optional.empty(), text(environment, "PORT"), "environment variable PORT");
        address(tree, commandLine.host(), commandLine.port().stream().boxed().findFirst(), "command line");
    }

    private static void address(ConfigTree tree, Optional<String> host, Optional<?> port, String place) {
        host.ifPresent(value -> tree.set("server", "host", value, place));
        port.ifPresent(value -> tree.set("server", "port", value, place));
    }

    private static Optional<String> text(Map<String, String> environment, String variable) {
        return Optional.of(environment.getOrDefault(variable, "").strip()).filter(text -> !text.isEmpty());
    }
}
