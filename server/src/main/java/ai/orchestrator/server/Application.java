package ai.orchestrator.server;

import ai.orchestrator.plugin.PluginService;
import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.cache.NamedTier;
import ai.orchestrator.server.cache.TierArchive;
import ai.orchestrator.server.cache.TieredResponseCache;
import ai.orchestrator.server.classify.VectorClassifier;
import ai.orchestrator.server.config.CloudConfig;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.cost.LedgerFeedback;
import ai.orchestrator.server.cost.LedgerFile;
import ai.orchestrator.server.cost.LedgerReports;
import ai.orchestrator.server.cost.RecentPrice;
import ai.orchestrator.server.cost.RouteBudget;
import ai.orchestrator.server.cost.SqliteCostLedger;
import ai.orchestrator.server.engine.EnginePrograms;
import ai.orchestrator.server.http.HttpServer;
import ai.orchestrator.server.http.HttpSettings;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.http.admin.AdminSurface;
import ai.orchestrator.server.http.admin.AnalyzeEndpoint;
import ai.orchestrator.server.http.admin.MoneySurface;
import ai.orchestrator.server.library.FolderLibrary;
import ai.orchestrator.server.model.FallbackCaller;
import ai.orchestrator.server.model.ServiceCatalog;
import ai.orchestrator.server.model.SourceCatalog;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.Orchestrator;
import ai.orchestrator.server.orchestration.RoutingRules;
import ai.orchestrator.server.plugin.PluginHost;
import ai.orchestrator.server.plugin.Service;
import ai.orchestrator.server.plugin.Services;
import ai.orchestrator.server.routing.LiveRules;
import ai.orchestrator.server.search.QuotedEvidence;
import ai.orchestrator.server.stats.Statistics;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program: every part, made from the configuration and joined to the others. */
final class Application implements AutoCloseable {
    /** What a search that a model asks for may quote: a quarter of a context of 4,096 tokens, at three and a half bytes a token. */
    private static final int QUOTED_BYTES = 3_500;

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final LiveRules rules;
    private final PluginHost plugins;
    private final TieredResponseCache cache;
    private final SqliteCostLedger ledger;
    private final Statistics statistics;
    private final FolderLibrary library;
    private final SearchParts search;
    private final HttpServer server;
    private final LocalModel localModel;

    private Application(
            LiveRules rules,
            PluginHost plugins,
            TieredResponseCache cache,
            SqliteCostLedger ledger,
            Statistics statistics,
            FolderLibrary library,
            SearchParts search,
            HttpServer server,
            LocalModel localModel) {
        this.rules = rules;
        this.plugins = plugins;
        this.cache = cache;
        this.ledger = ledger;
        this.statistics = statistics;
        this.library = library;
        this.search = search;
        this.server = server;
        this.localModel = localModel;
    }

    /**
     * Starts everything.
     *
     * @throws IOException if the address cannot be had
     */
    static Application start(OrchestratorConfig config, Path home, LiveRules file) throws IOException {
        Clock clock = Clock.systemUTC();
        // a fifth of the whole start, and nothing before the end waits for it
        CompletableFuture<MeterRegistry> meters = CompletableFuture.supplyAsync(Metrics::globalRegistry);
        Supplier<RoutingRules> rules = () -> CacheShare.of(config.cache().probability(), file.get());
        Supplier<String> fingerprint = () -> rules.get().fingerprint();
        PluginHost plugins = PluginHost.start(home, config);
        Services services = plugins.services();

        CloudConfig cloud = config.server().cloud();
        List<ModelProvider> providers = instances(services.modelProviders());
        ServiceCatalog configuredModels =
                new ServiceCatalog(providers, instances(services.embeddingProviders()), fingerprint, clock.instant());
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        FolderLibrary library = new FolderLibrary(
                home.resolve(config.library().folder()),
                config.library().registries(),
                config.library().readOnly(),
                providers,
                configuredModels,
                () -> EnginePrograms.find(home, path, "llama-quantize"));
        ServiceCatalog offered = new ServiceCatalog(
                Stream.concat(Stream.of(library.provider()), providers.stream()).toList(),
                instances(services.embeddingProviders()),
                fingerprint,
                clock.instant());
        ModelCatalog catalog = new SourceCatalog(offered, cloud.isOff());
        TieredResponseCache cache = new TieredResponseCache(
                services.cacheTiers().stream()
                        .map(tier -> new NamedTier(tier.name(), tier.instance()))
                        .toList(),
                config.cache().writeQueue(),
                clock);
        LedgerFile ledgerFile = new LedgerFile(home.resolve("data/ledger.sqlite"), clock);
        SqliteCostLedger ledger = new SqliteCostLedger(
                ledgerFile,
                config.money(),
                new RecentPrice(() -> highPrice(rules.get(), catalog), System::nanoTime),
                () -> ModelSides.low(rules.get(), catalog),
                clock);
        LedgerFeedback feedback =
                new LedgerFeedback(ledgerFile, answered -> ModelSides.isStrong(answered, rules.get(), catalog), clock);
        Statistics statistics = new Statistics();
        SearchParts search = SearchParts.of(config.search(), plugins, cloud.isOff(), ledger);
        try {
            statistics.register(meters.join());
            CacheMeters.register(meters.join(), cache);
            ComplexityClassifier classifier = VectorClassifier.of(
                    services.classifier().getFirst().instance(), instances(services.embeddingProviders()));
            Answers orchestrator = new Orchestrator(
                    rules,
                    cache,
                    classifier,
                    search.engines(),
                    catalog,
                    new FallbackCaller(offered, config.calls(), names(services.modelProviders())),
                    ledger,
                    new EveryAnswer(statistics, ledger, feedback),
                    config.server().maxRequests(),
                    clock);

            LocalModel localModel =
                    new LocalModel(catalog, planned(rules.get(), Complexity.LOW).getFirst());
            AdminSurface admin = new AdminSurface(
                    new StatsReport(statistics, cache, search::report, ledger, catalog, plugins, clock),
                    new AnalyzeEndpoint(
                            classifier, rules, catalog, new RouteBudget(config.money()), HttpSettings.DEFAULT_MAX_BODY),
                    file,
                    search.engines(),
                    cache,
                    new TierArchive(instances(services.cacheTiers())),
                    home.resolve("data/backups"),
                    clock,
                    HttpSettings.DEFAULT_MAX_BODY);
            List<Surface> surfaces = new ArrayList<>(Surfaces.of(
                    config,
                    orchestrator,
                    catalog,
                    library,
                    search.engines(),
                    search.pages(),
                    new QuotedEvidence(QUOTED_BYTES),
                    localModel,
                    clock));
            surfaces.add(admin);
            surfaces.add(new MoneySurface(new LedgerReports(ledgerFile), feedback, clock));
            HttpServer server = HttpServer.start(Listening.settings(config), surfaces, HealthChecks.of(services));
            localModel.ready();
            search.ready();
            file.watch();
            return new Application(file, plugins, cache, ledger, statistics, library, search, server, localModel);
        } catch (IOException | RuntimeException e) {
            closeAll(List.of(statistics, ledger, cache, library, search, plugins));
            throw e;
        }
    }

    /** The port that is listened on. */
    int port() {
        return server.port();
    }

    /** Stops to listen, lets running requests end, and closes every part. */
    @Override
    public void close() {
        LOG.info("AI Orchestrator stops");
        localModel.stop();
        closeAll(List.of(rules, server, statistics, cache, ledger, library, search, plugins));
    }

    /** The price of the model that a hard question goes to first; unknown where the rules or the catalog have none. */
    private static Price highPrice(RoutingRules rules, ModelCatalog catalog) {
        return catalog.find(planned(rules, Complexity.HIGH).getFirst())
                .flatMap(ModelInfo::price)
                .orElse(Price.unknown());
    }

    static List<String> planned(RoutingRules rules, Complexity complexity) {
        ChatRequest anything = ChatRequest.of("", "auto", Prompt.user(""));
        try {
            return rules.plan(anything, Optional.of(new Classification(complexity, 1, List.of())))
                    .models();
        } catch (AnswerFailure e) {
            return List.of("");
        }
    }

    private static Map<ModelProvider, String> names(List<Service<ModelProvider>> services) {
        Map<ModelProvider, String> names = new IdentityHashMap<>();
        services.forEach(service -> names.put(service.instance(), service.name()));
        return names;
    }

    private static <T extends PluginService> List<T> instances(List<Service<T>> services) {
        return services.stream().map(Service::instance).toList();
    }

    private static void closeAll(List<? extends AutoCloseable> parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("a part did not stop cleanly", e);
            }
        }
    }
}
