package ai.orchestrator.server.cli;

import ai.orchestrator.server.cli.OrchestratorCommand.Server;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "serve", description = "Run the server until it is told to stop.")
final class ServeCommand implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;

    private final Surroundings surroundings;
    private final Server server;

    @Option(names = "--host", paramLabel = "HOST", description = "The name or address to listen on.")
    private Optional<String> host = Optional.empty();

    private OptionalInt port = OptionalInt.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create(); // the parser puts its own here

    ServeCommand(Surroundings surroundings, Server server) {
        this.surroundings = surroundings;
        this.server = server;
    }

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on; 0 takes a free one.")
    void port(int number) {
        if (number < 0 || number > HIGHEST_PORT) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--port': expected 0 to 65535, found " + number);
        }
        port = OptionalInt.of(number);
    }

    @Override
    public Integer call() throws Exception {
        OrchestratorConfig config = surroundings.config(new ListenAddress(host, port));
        server.serve(config, surroundings.home());
        return surroundings.terminal().done(Terminal.object().put("stopped", true));
    }
}
