package ai.orchestrator.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands that only hold others. */
final class Commands {
    private Commands() {}

    /** What each command takes. Both options are looked at before there is a command: one by picocli, the other in {@link Cli}. */
    @SuppressWarnings("UnusedVariable")
    abstract static class Base {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Shows this help.")
        private boolean help;

        @Option(names = "--json", description = "Prints the result, or {\"error\": ...}, as JSON on standard output.")
        private boolean json;

        /** A fault in how the command is used. */
        ParameterException usedWrongly(String message) {
            return new ParameterException(spec.commandLine(), message);
        }
    }

    @Command(
            name = "orchestrator",
            description = "A server in front of AI models, for every Ollama client.",
            footer = {
                "",
                "Ends with 0 when done, 1 when it failed or what it checks does not hold, 2 when used wrongly."
            })
    static final class Root extends Base implements Runnable {
        @Override
        public void run() {
            throw usedWrongly("Name a command");
        }
    }

    @Command(name = "config", description = "Looks at the configuration.")
    static final class Config extends Base implements Runnable {
        @Override
        public void run() {
            throw usedWrongly("Name what to do with the configuration");
        }
    }
}
