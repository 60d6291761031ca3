package ai.orchestrator.server.cli;

import ai.orchestrator.server.cli.Commands.Base;
import ai.orchestrator.server.config.ListenAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "serve", description = "Runs the server until it is told to stop.")
final class ServeCommand extends Base implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;

    private final Surroundings surroundings;
    private final Server server;

    @Option(names = "--host", paramLabel = "HOST", description = "The name or address to listen on.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on; 0 takes a free one.")
    private @Nullable Integer port;

    ServeCommand(Surroundings surroundings, Server server) {
        this.surroundings = surroundings;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            throw usedWrongly("Invalid value for option '--port': expected 0 to " + HIGHEST_PORT);
        }
        ListenAddress address =
                new ListenAddress(Optional.ofNullable(host), port == null ? OptionalInt.empty() : OptionalInt.of(port));
        server.serve(surroundings.home(), surroundings.config(address));
        return 0;
    }
}
