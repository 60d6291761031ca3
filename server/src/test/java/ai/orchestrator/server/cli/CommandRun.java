package ai.orchestrator.server.cli;

import ai.orchestrator.server.config.ConfigFolder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What came of one command. */
record CommandRun(int code, String out, String err) {
    /** The one JSON object on standard output. */
    JsonNode json() throws JsonProcessingException {
        return new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(out);
    }

    /** The program in a home folder of its own. */
    static final class Program {
        final Map<String, String> environment = new HashMap<>();
        OrchestratorCommand.Server server = (config, home) -> {};
        OrchestratorCommand.Check check = (config, home) -> {};
        OrchestratorCommand.ArchiveOpener archives = (config, home) -> {
            throw new IllegalStateException("no archive is expected to be opened");
        };
        OrchestratorCommand.RoutingOpener routing = (config, home) -> {
            throw new IllegalStateException("no classifier is expected to be opened");
        };
        OrchestratorCommand.ClassifierOpener classifier = (config, home) -> {
            throw new IllegalStateException("no classifier is expected to be opened");
        };
        OrchestratorCommand.SearchOpener search = (config, home, scratch) -> {
            throw new IllegalStateException("no search is expected to be opened");
        };
        private final Path home;

        Program(Path home) {
            this.home = home;
            environment.put("ORCHESTRATOR_HOME", home.toString());
        }

        Program configured(String yaml) {
            ConfigFolder.write(home, yaml);
            return this;
        }

        CommandRun run(String... args) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = OrchestratorCommand.run(
                    args, environment, stream(out), stream(err), server, check, archives, routing, classifier, search);
            return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        private static PrintStream stream(ByteArrayOutputStream bytes) {
            return new PrintStream(bytes, true, StandardCharsets.UTF_8);
        }
    }
}
