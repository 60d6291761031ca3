package ai.orchestrator.server.cli;

import ai.orchestrator.server.cli.Commands.Base;
import ai.orchestrator.server.config.Product;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Prints the release.")
final class VersionCommand extends Base implements Runnable {
    private final Output output;

    VersionCommand(Output output) {
        this.output = output;
    }

    @Override
    public void run() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("version", Product.VERSION);
        members.put("java", Runtime.version().toString());
        output.result("AI Orchestrator " + Product.VERSION + " on Java " + Runtime.version(), members);
    }
}
