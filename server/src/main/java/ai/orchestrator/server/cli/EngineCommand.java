package ai.orchestrator.server.cli;

import ai.orchestrator.server.config.EngineConfig;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.engine.EngineFailure;
import ai.orchestrator.server.engine.EngineInstaller;
import ai.orchestrator.server.engine.EngineResult;
import ai.orchestrator.server.engine.InstalledEngine;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "engine",
        description =
                "Install the native llama-server that the configuration names under 'engine', unless it is there.")
final class EngineCommand implements Callable<Integer> {
    private static final int MOST_JOBS = 256;
    private static final long BYTES_FOR_A_JOB = 1L << 30; // what a compiler takes at its hungriest

    private final Surroundings surroundings;

    @Option(names = "--force", description = "Install it even if it is there.")
    private boolean force;

    private OptionalInt jobs = OptionalInt.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create(); // the parser puts its own here

    EngineCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description =
                    "How many compilers may run at once; by default as many as there are processors and memory for.")
    void jobs(int number) {
        if (number < 1 || number > MOST_JOBS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--jobs': expected 1 to " + MOST_JOBS + ", found " + number);
        }
        jobs = OptionalInt.of(number);
    }

    @Override
    public Integer call() throws InterruptedException {
        OrchestratorConfig config = surroundings.config(ListenAddress.NONE);
        Terminal terminal = surroundings.terminal();
        Optional<EngineConfig> wanted = config.engine();
        if (wanted.isEmpty()) {
            return terminal.failed("the configuration names no engine: give 'engine.source' or 'engine.archive'");
        }
        ProgressLine progress =
                new ProgressLine(terminal.err(), config.origins(), surroundings.onTerminal(), System::nanoTime);
        try {
            EngineResult result = new EngineInstaller(
                            surroundings.home(),
                            surroundings.environment(),
                            jobs.orElseGet(EngineCommand::fit),
                            progress)
                    .install(wanted.get(), force);
            progress.end();
            return terminal.done(sentence(result), json(result));
        } catch (EngineFailure e) {
            progress.end();
            return terminal.failed(config.origins().redact("the engine is not installed: " + e.getMessage()));
        }
    }

    private static int fit() {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        long most = Math.clamp(memory / BYTES_FOR_A_JOB, 1, MOST_JOBS);
        return (int) Math.min(most, Runtime.getRuntime().availableProcessors());
    }

    private static String sentence(EngineResult result) {
        InstalledEngine engine = result.engine();
        return "llama-server " + engine.version() + (result.installed() ? " installed" : " is there") + ": engine/"
                + engine.binary() + ", " + (engine.built() ? "built for this CPU from " : "from ") + engine.source();
    }

    private static ObjectNode json(EngineResult result) {
        InstalledEngine engine = result.engine();
        return Terminal.object()
                .put("outcome", result.installed() ? "installed" : "present")
                .put("version", engine.version())
                .put("binary", "engine/" + engine.binary())
                .put("source", engine.source())
                .put("sha256", engine.sha256())
                .put("built", engine.built())
                .put("date", engine.date());
    }
}
