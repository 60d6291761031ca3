package ai.orchestrator.server.plugin;

import ai.orchestrator.plugin.PluginService;
import ai.orchestrator.server.config.ServiceConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service and where it is from. */
record MadeService<T extends PluginService>(ServiceConfig config, Source source, T instance) {
    private static final Logger log = LoggerFactory.getLogger(MadeService.class);

    /** A factory and the plugin that it is of. */
    record Source(LoadedPlugin plugin, LoadedPlugin.Offer offer) {
        String kind() {
            return offer.kind();
        }
    }

    Service<T> service() {
        LoadedPlugin plugin = source.plugin();
        return new Service<>(config.name(), config.kind(), plugin.id(), plugin.version(), instance);
    }

    /** Ends the service; a fault in that is only logged. */
    void close() {
        try {
            ContextLoader.within(source.plugin().loader(), () -> {
                instance.close();
                return instance;
            });
        } catch (RuntimeException | LinkageError e) {
            log.warn("{} did not close in order: {}", config, BrokenPluginException.describe(e));
        }
    }
}
