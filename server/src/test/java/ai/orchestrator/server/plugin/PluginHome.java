package ai.orchestrator.server.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.server.config.ConfigFolder;
import ai.orchestrator.server.config.OrchestratorConfig;
import java.nio.file.Path;

/** A home folder with plugins that a test puts there. */
record PluginHome(Path folder) {
    Path zip(String name) {
        return folder.resolve("plugins/" + name + ".zip");
    }

    PluginHost start(String yaml) {
        return PluginHost.start(folder, config(yaml));
    }

    OrchestratorConfig config(String yaml) {
        return ConfigFolder.load(folder, yaml);
    }

    void refused(String yaml, String... reasons) {
        PluginStartException fault = catchThrowableOfType(PluginStartException.class, () -> start(yaml));
        assertThat(fault.getMessage().lines()).containsExactly(reasons);
    }

    /** The title of the one hit of an engine of {@link PluginZip}. */
    static String answer(Service<SearchEngine> service) {
        return service.instance().search(SearchQuery.of("x", 1)).getFirst().title();
    }
}
