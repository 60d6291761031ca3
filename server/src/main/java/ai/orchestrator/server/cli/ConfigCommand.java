package ai.orchestrator.server.cli;

import ai.orchestrator.server.cli.OrchestratorCommand.Check;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;

@Command(name = "config", description = "Look at the configuration.")
final class ConfigCommand {
    private final Surroundings surroundings;
    private final Check check;

    ConfigCommand(Surroundings surroundings, Check check) {
        this.surroundings = surroundings;
        this.check = check;
    }

    @Command(name = "check", description = "Say whether the server would start with the configuration and the plugins.")
    int check() throws Exception {
        OrchestratorConfig config = surroundings.config(ListenAddress.NONE);
        check.check(config, surroundings.home());
        config.notices().forEach(surroundings.terminal()::note);
        ObjectNode object = Terminal.object().put("ok", true);
        config.notices().forEach(object.putArray("notices")::add);
        return surroundings.terminal().done("the configuration holds", object);
    }

    @Command(name = "address", description = "Show the URL by which a client on this machine finds the server.")
    int address() {
        String url = surroundings.config(ListenAddress.NONE).server().url();
        return surroundings.terminal().done(url, Terminal.object().put("url", url));
    }
}
