package ai.orchestrator.server.plugin;

import ai.orchestrator.plugin.PluginService;
import ai.orchestrator.plugin.document.DocumentParser;
import ai.orchestrator.plugin.document.DocumentParserFactory;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.config.ServiceConfig;
import ai.orchestrator.server.plugin.PluginReport.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins that are loaded and the services made by them, from start to {@link #close}. */
public final class PluginHost implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PluginHost.class);

    private final IsolatedPluginManager manager;
    private final LoadedPlugins loaded;
    private final ServiceMaker maker;
    private final List<MadeService<?>> made = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<PluginReport> leftOut = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Services services;

    private PluginHost(Path home, OrchestratorConfig config, IsolatedPluginManager manager, LoadedPlugins loaded) {
        this.manager = manager;
        this.loaded = loaded;
        maker = new ServiceMaker(loaded.plugins(), home, config.origins());
        services = new Services(
                make(Family.CACHE_TIER, config.cache().tiers()),
                make(Family.MODEL_PROVIDER, config.models()),
                make(Family.EMBEDDING_PROVIDER, config.embeddings()),
                make(Family.SEARCH_ENGINE, config.search().engines()),
                make(Family.RERANKER, config.search().reranker().stream().toList()),
                make(Family.CLASSIFIER, config.classifier().stream().toList()));
    }

    /**
     * Loads all plugins and makes all configured services.
     *
     * @param home the folder that holds {@code plugins} and {@code data}
     * @throws PluginStartException if a service that is not optional cannot be made
     * @throws ai.orchestrator.server.config.ConfigException if {@code config/plugins.lock} cannot be used
     */
    public static PluginHost start(Path home, OrchestratorConfig config) {
        ZipStore store = new ZipStore(home.resolve("data/plugins"));
        PluginHost host = open(home, config, store);
        store.removeAllBut(host.manager.getPlugins().stream()
                .map(plugin -> plugin.getPluginPath())
                .toList());
        host.report().stream()
                .filter(plugin -> plugin.state() == State.FAILED)
                .forEach(plugin -> log.warn("left out: {}: {}", plugin.id(), plugin.reason()));
        return host;
    }

    /**
     * Does all that {@link #start} does and closes everything again; what a server that runs meanwhile uses is left alone.
     *
     * @throws PluginStartException if {@link #start} would throw it
     */
    public static void check(Path home, OrchestratorConfig config) {
        open(home, config, new ZipStore(home.resolve("data/plugins"))).close();
    }

    /**
     * Makes the cache's tiers and nothing else, for a program that is no server; what a server that runs meanwhile uses is left alone.
     *
     * @throws PluginStartException if a tier that is not optional cannot be made
     */
    public static PluginHost cacheOnly(Path home, OrchestratorConfig config) {
        return open(home, config.cacheOnly(), new ZipStore(home.resolve("data/plugins")));
    }

    /**
     * Makes what routes are tried with and nothing else, for a program that is no server; what a server that runs meanwhile uses is left alone.
     *
     * @throws PluginStartException if a service that is not optional cannot be made
     */
    public static PluginHost routingOnly(Path home, OrchestratorConfig config) {
        return open(home, config.routingOnly(), new ZipStore(home.resolve("data/plugins")));
    }

    /**
     * Makes the classifier and what embeds for it and nothing else, for a program that is no server; what a server that runs meanwhile uses is left alone.
     *
     * @throws PluginStartException if a service that is not optional cannot be made
     */
    public static PluginHost classifierOnly(Path home, OrchestratorConfig config) {
        return open(home, config.classifierOnly(), new ZipStore(home.resolve("data/plugins")));
    }

    /**
     * Makes one search engine and what embeds for it and nothing else, for a program that is no server; what a server that runs meanwhile uses is left
     * alone.
     *
     * @throws PluginStartException if a service that is not optional cannot be made
     */
    public static PluginHost searchOnly(Path home, OrchestratorConfig config, ServiceConfig engine) {
        return open(home, config.searchOnly(engine), new ZipStore(home.resolve("data/plugins")));
    }

    /** All services that were made. */
    public Services services() {
        return services;
    }

    /** Makes a parser of each type of document that plugins offer, by that type; one that cannot be made is left out. To be called once. */
    public Map<String, DocumentParser> documentParsers() {
        List<ServiceConfig> all = loaded.plugins().stream()
                .flatMap(plugin -> plugin.offers().stream())
                .filter(offer -> offer.factory() instanceof DocumentParserFactory)
                .map(LoadedPlugin.Offer::kind)
                .distinct()
                .sorted()
                .map(kind -> new ServiceConfig(kind, kind, true, Map.of(), "parser of " + kind))
                .toList();
        return make(Family.DOCUMENT_PARSER, all).stream().collect(Collectors.toMap(Service::kind, Service::instance));
    }

    /** Every plugin, and every optional service that is left out, by its place in the configuration. */
    public List<PluginReport> report() {
        List<PluginReport> report = new ArrayList<>(loaded.failures());
        for (LoadedPlugin plugin : loaded.plugins()) {
            boolean active =
                    made.stream().anyMatch(service -> service.source().plugin().equals(plugin));
            report.add(new PluginReport(plugin.id(), plugin.version(), active ? State.ACTIVE : State.IDLE, ""));
        }
        report.addAll(leftOut);
        return List.copyOf(report);
    }

    /** Closes the services in reverse order, then stops and unloads the plugins. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        made.reversed().forEach(MadeService::close);
        unload(manager);
    }

    private static PluginHost open(Path home, OrchestratorConfig config, ZipStore store) {
        Path folder = home.resolve(config.pluginFolder());
        PluginLock lock = PluginLock.read(home);
        IsolatedPluginManager manager = new IsolatedPluginManager(folder);
        LoadedPlugins loaded = new PluginLoading(manager, lock, store).load(folder);
        PluginHost host = new PluginHost(home, config, manager, loaded);
        if (!host.reasons.isEmpty()) {
            host.close();
            List<String> all = new ArrayList<>(host.reasons);
            loaded.failures().forEach(failure -> all.add("plugin " + failure.id() + ": " + failure.reason()));
            throw new PluginStartException(all);
        }
        return host;
    }

    private <T extends PluginService> List<Service<T>> make(Family<T> family, List<ServiceConfig> configs) {
        List<Service<T>> services = new ArrayList<>();
        for (ServiceConfig config : configs) {
            try {
                MadeService<T> service = maker.make(family, config);
                made.add(service);
                services.add(service.service());
            } catch (ServiceFailure e) {
                if (config.optional()) {
                    leftOut.add(new PluginReport(config.path(), "", State.FAILED, e.getMessage()));
                } else {
                    reasons.addAll(e.reasons());
                }
            }
        }
        return List.copyOf(services);
    }

    private static void unload(IsolatedPluginManager manager) {
        try {
            manager.stopPlugins();
            manager.unloadPlugins();
        } catch (RuntimeException e) {
            log.warn("plugins did not unload in order: {}", BrokenPluginException.describe(e));
        }
    }
}
