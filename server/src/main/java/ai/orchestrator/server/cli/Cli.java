package ai.orchestrator.server.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs one command. It ends with 0 when done, 1 when it failed or what it checks does not hold, and 2 when it was used wrongly. */
public final class Cli {
    private static final Logger log = LoggerFactory.getLogger(Cli.class);
    private static final int FAILED = 1;
    private static final int USED_WRONGLY = 2;

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Server server;
    private final List<ConfigCheck> checks;

    /** @param checks what {@code config check} does after {@code orchestrator.yaml} is read */
    public Cli(
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter err,
            Server server,
            List<ConfigCheck> checks) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
        this.server = server;
        this.checks = List.copyOf(checks);
    }

    /** Runs the command that the arguments name, and returns the process's exit code. */
    public int run(String... args) {
        boolean json = Arrays.asList(args).contains("--json");
        Output output = new Output(out, err, json);
        Surroundings surroundings = new Surroundings(environment, output);
        CommandLine config = new CommandLine(new Commands.Config())
                .addSubcommand(new ConfigCommands.Check(surroundings, checks))
                .addSubcommand(new ConfigCommands.Address(surroundings));
        return new CommandLine(new Commands.Root())
                .addSubcommand(new ServeCommand(surroundings, server))
                .addSubcommand(new DownloadCommand(surroundings))
                .addSubcommand("config", config)
                .addSubcommand(new VersionCommand(output))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((fault, ignored) -> usedWrongly(fault, output))
                .setExecutionExceptionHandler((fault, command, ignored) -> failed(fault, output))
                .execute(args);
    }

    private static int usedWrongly(ParameterException fault, Output output) {
        output.error(fault.getMessage() + " (see '"
                + fault.getCommandLine().getCommandSpec().qualifiedName() + " --help')");
        return USED_WRONGLY;
    }

    private static int failed(Exception fault, Output output) {
        if (!fault.getClass().getName().startsWith("ai.orchestrator.")) {
            log.error("unexpected failure", fault);
        }
        output.error(fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage());
        return FAILED;
    }
}
