package ai.orchestrator.server.library;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.orchestration.ModelCatalog;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the configured providers offer at one moment, by name. */
record Offered(Map<String, ModelInfo> byName) {
    static Offered by(ModelCatalog catalog) {
        return new Offered(catalog.list().stream()
                .collect(Collectors.toMap(ModelInfo::name, info -> info, (first, later) -> first)));
    }

    Optional<ModelInfo> named(String full) {
        return Optional.ofNullable(byName.get(full));
    }

    /** The model that a remote host runs under a name of its own. */
    Optional<ModelInfo> at(String model, String host) {
        return byName.values().stream()
                .filter(info -> info.remote()
                        .filter(origin -> origin.model().equals(model) && RemoteHosts.same(origin.host(), host))
                        .isPresent())
                .findFirst();
    }
}
