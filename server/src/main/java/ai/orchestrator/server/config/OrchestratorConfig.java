package ai.orchestrator.server.config;

import java.util.List;
import java.util.Optional;

/**
 * The whole configuration, checked.
 *
 * @param routes the routing rules' file, relative to the folder of {@code orchestrator.yaml}
 * @param engine the native engine that can be installed
 * @param pluginFolder where plugins are, relative to the home folder
 * @param notices sentences that the operator should read at start
 * @param origins where each setting was given, for messages
 */
public record OrchestratorConfig(
        ServerConfig server,
        CacheConfig cache,
        List<ServiceConfig> models,
        CallConfig calls,
        List<ServiceConfig> embeddings,
        SearchConfig search,
        Optional<ServiceConfig> classifier,
        String routes,
        LegacyConfig legacy,
        MoneyConfig money,
        List<DownloadConfig> downloads,
        LibraryConfig library,
        Optional<EngineConfig> engine,
        String pluginFolder,
        List<String> notices,
        Origins origins) {

    public OrchestratorConfig {
        models = List.copyOf(models);
        embeddings = List.copyOf(embeddings);
        downloads = List.copyOf(downloads);
        notices = List.copyOf(notices);
    }

    /** The same, with no service but the models' providers, the embeddings' and the classifier. */
    public OrchestratorConfig routingOnly() {
        return only(withoutTiers(), models, embeddings, classifier);
    }

    /** The same, with no service but the classifier and what embeds for it. */
    public OrchestratorConfig classifierOnly() {
        return only(withoutTiers(), List.of(), embeddings, classifier);
    }

    /** The same, with no service but the cache's tiers. */
    public OrchestratorConfig cacheOnly() {
        return only(cache, List.of(), List.of(), Optional.empty());
    }

    private CacheConfig withoutTiers() {
        return new CacheConfig(List.of(), cache.writeQueue(), cache.probability());
    }

    private OrchestratorConfig only(
            CacheConfig tiers,
            List<ServiceConfig> providers,
            List<ServiceConfig> embedders,
            Optional<ServiceConfig> judge) {
        return new OrchestratorConfig(
                server,
                tiers,
                providers,
                calls,
                embedders,
                new SearchConfig(List.of(), search.deadline(), search.maxResults(), search.fetch()),
                judge,
                routes,
                legacy,
                money,
                downloads,
                library,
                engine,
                pluginFolder,
                notices,
                origins);
    }
}
