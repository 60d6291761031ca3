package ai.orchestrator.server.cli;

import ai.orchestrator.server.config.Product;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

@Command(
        name = "orchestrator",
        description = "A server in front of AI models for any Ollama client.",
        footer = {
            "",
            "ORCHESTRATOR_HOME names the folder that holds config, plugins, models and data; it is the working folder otherwise.",
            "Ends with 0 when done, 1 when something failed or does not hold, 2 when used wrongly."
        })
final class RootCommand {
    private final Terminal terminal;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this and end.")
    @SuppressWarnings("UnusedVariable") // the parser looks at the annotation only
    private boolean help;

    RootCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Answer with one JSON object, which has an 'error' if it failed.")
    void json(boolean json) {
        terminal.json(json);
    }

    @Command(name = "version", description = "Show which release this is.")
    int version() {
        String java = Runtime.version().toString();
        return terminal.done(
                "AI Orchestrator " + Product.VERSION + " on Java " + java,
                Terminal.object().put("version", Product.VERSION).put("java", java));
    }
}
