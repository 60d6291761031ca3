package ai.orchestrator.server;

import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.server.cache.TierArchive;
import ai.orchestrator.server.classify.ClassifierDesk;
import ai.orchestrator.server.classify.VectorClassifier;
import ai.orchestrator.server.cli.OrchestratorCommand;
import ai.orchestrator.server.cli.OrchestratorCommand.OpenArchive;
import ai.orchestrator.server.cli.OrchestratorCommand.OpenClassifier;
import ai.orchestrator.server.cli.OrchestratorCommand.OpenRouting;
import ai.orchestrator.server.cli.OrchestratorCommand.OpenSearch;
import ai.orchestrator.server.config.ConfigException;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.config.Product;
import ai.orchestrator.server.config.ServiceConfig;
import ai.orchestrator.server.embed.UnitVectors;
import ai.orchestrator.server.model.ServiceCatalog;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.plugin.PluginHost;
import ai.orchestrator.server.plugin.Service;
import ai.orchestrator.server.plugin.Services;
import ai.orchestrator.server.routing.InvalidRoutesException;
import ai.orchestrator.server.routing.LiveRules;
import ai.orchestrator.server.search.rerank.MeaningModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program {@code orchestrator}. */
public final class Main {
    private static final Map<String, String> ENVIRONMENT = System.getenv();

    static {
        LogLevel.apply(ENVIRONMENT);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(OrchestratorCommand.run(
                arguments,
                ENVIRONMENT,
                System.out,
                System.err,
                Main::serve,
                Main::check,
                Main::archive,
                Main::routing,
                Main::classifier,
                Main::search));
    }

    /** Serves until the process is asked to end. */
    private static void serve(OrchestratorConfig config, Path home) throws IOException, InterruptedException {
        config.notices().forEach(LOG::warn);
        LiveRules rules = rules(config, home);
        Application application = Application.start(config, home, rules);
        LOG.info(
                "Listening on {} (version {})",
                config.server().withPort(application.port()).address(),
                Product.VERSION);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            application.close();
                            stopped.countDown();
                        },
                        "stop"));
        stopped.await();
    }

    private static void check(OrchestratorConfig config, Path home) {
        rules(config, home);
        PluginHost.check(home, config);
    }

    private static OpenArchive archive(OrchestratorConfig config, Path home) {
        PluginHost plugins = PluginHost.cacheOnly(home, config);
        return new OpenArchive(
                new TierArchive(plugins.services().cacheTiers().stream()
                        .map(Service::instance)
                        .toList()),
                plugins::close);
    }

    private static OpenRouting routing(OrchestratorConfig config, Path home) {
        PluginHost plugins = PluginHost.routingOnly(home, config);
        Services services = plugins.services();
        if (services.classifier().isEmpty()) {
            plugins.close();
            throw new ConfigException("no 'classifier' is configured");
        }
        ModelCatalog catalog = new ServiceCatalog(
                services.modelProviders().stream().map(Service::instance).toList(),
                services.embeddingProviders().stream().map(Service::instance).toList(),
                () -> "",
                Instant.EPOCH);
        ComplexityClassifier classifier = VectorClassifier.of(
                services.classifier().getFirst().instance(),
                services.embeddingProviders().stream().map(Service::instance).toList());
        return new OpenRouting(classifier, catalog, plugins::close);
    }

    private static OpenClassifier classifier(OrchestratorConfig config, Path home) {
        PluginHost plugins = PluginHost.classifierOnly(home, config);
        Services services = plugins.services();
        if (services.classifier().isEmpty()) {
            plugins.close();
            throw new ConfigException("no 'classifier' is configured");
        }
        Service<ComplexityClassifier> classifier = services.classifier().getFirst();
        return new OpenClassifier(
                new ClassifierDesk(
                        classifier.kind(),
                        classifier.instance(),
                        services.embeddingProviders().stream()
                                .map(Service::instance)
                                .toList()),
                plugins::close);
    }

    private static OpenSearch search(OrchestratorConfig config, Path home, Path scratch) {
        ServiceConfig local = new ServiceConfig(
                "local",
                "local",
                false,
                Map.of(
                        "folder",
                        scratch.resolve("documents").toString(),
                        "index",
                        scratch.resolve("index").toString(),
                        "refresh",
                        "100ms"),
                "search evaluate");
        PluginHost plugins = PluginHost.searchOnly(home, config, local);
        List<EmbeddingProvider> providers = plugins.services().embeddingProviders().stream()
                .map(Service::instance)
                .toList();
        return new OpenSearch(
                plugins.services().searchEngines().getFirst().instance(),
                MeaningModel.embedder(providers, UnitVectors.Reading.RESULT),
                MeaningModel.embedder(providers, UnitVectors.Reading.DOCUMENT),
                plugins::close);
    }

    private static LiveRules rules(OrchestratorConfig config, Path home) {
        try {
            return LiveRules.load(home.resolve("config").resolve(config.routes()), ENVIRONMENT);
        } catch (InvalidRoutesException e) {
            throw new ConfigException(String.join(System.lineSeparator(), e.problems()));
        }
    }
}
