package ai.orchestrator.server.cli;

import ai.orchestrator.server.cli.Commands.Base;
import ai.orchestrator.server.config.ConfigLoader;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.config.ServerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What can be done with the configuration. */
final class ConfigCommands {
    private ConfigCommands() {}

    @Command(name = "check", description = "Tells whether the server would start with the configuration as it is.")
    static final class Check extends Base implements Callable<Integer> {
        private final Surroundings surroundings;
        private final List<ConfigCheck> checks;

        Check(Surroundings surroundings, List<ConfigCheck> checks) {
            this.surroundings = surroundings;
            this.checks = checks;
        }

        @Override
        public Integer call() throws Exception {
            OrchestratorConfig config = surroundings.config(ListenAddress.NONE);
            for (ConfigCheck check : checks) {
                check.check(surroundings.home(), config);
            }
            config.notices().forEach(notice -> surroundings.output().note("Note: " + notice));
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("valid", true);
            members.put("url", config.server().url());
            members.put("notices", config.notices());
            surroundings.output().result(ConfigLoader.FILE + " is right.", members);
            return 0;
        }
    }

    @Command(name = "address", description = "Prints where a client on this machine finds the server.")
    static final class Address extends Base implements Runnable {
        private final Surroundings surroundings;

        Address(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public void run() {
            ServerConfig server = surroundings.config(ListenAddress.NONE).server();
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("url", server.url());
            members.put("host", server.host());
            members.put("port", server.port());
            surroundings.output().result(server.url(), members);
        }
    }
}
