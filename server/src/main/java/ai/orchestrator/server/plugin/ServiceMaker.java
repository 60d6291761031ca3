package ai.orchestrator.server.plugin;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.PluginService;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.server.config.Origins;
import ai.orchestrator.server.config.Product;
import ai.orchestrator.server.config.ServiceConfig;
import ai.orchestrator.server.yaml.NearestName;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Makes one service from its part of the configuration. */
final class ServiceMaker {
    private final List<LoadedPlugin> plugins;
    private final Path home;
    private final Origins origins;

    ServiceMaker(List<LoadedPlugin> plugins, Path home, Origins origins) {
        this.plugins = plugins;
        this.home = home;
        this.origins = origins;
    }

    /** Makes the service by the one factory of its kind, and holds its settings to what that has read. */
    <T extends PluginService> MadeService<T> make(Family<T> family, ServiceConfig config) throws ServiceFailure {
        List<MadeService.Source> sources = sources(family);
        List<MadeService.Source> matching = sources.stream()
                .filter(source -> source.kind().equals(config.kind()))
                .toList();
        if (matching.isEmpty()) {
            throw fault(
                    config,
                    "no plugin offers the " + family.label() + " kind '" + config.kind() + "'"
                            + NearestName.hint(
                                    config.kind(),
                                    sources.stream()
                                            .map(MadeService.Source::kind)
                                            .toList()));
        }
        if (matching.size() > 1) {
            String ids = String.join(
                    " and ",
                    matching.stream().map(source -> source.plugin().id()).toList());
            throw fault(
                    config,
                    "the kind '" + config.kind() + "' is offered by the plugins " + ids + ": remove all but one");
        }
        return create(family, config, matching.getFirst());
    }

    private List<MadeService.Source> sources(Family<?> family) {
        return plugins.stream()
                .flatMap(plugin -> plugin.offers().stream()
                        .filter(offer -> family.factory().isInstance(offer.factory()))
                        .map(offer -> new MadeService.Source(plugin, offer)))
                .toList();
    }

    private <T extends PluginService> MadeService<T> create(
            Family<T> family, ServiceConfig config, MadeService.Source source) throws ServiceFailure {
        Settings settings = Settings.of(config.settings());
        PluginContext context = new PluginContext(config.name(), settings, home, Product.USER_AGENT);
        try {
            T instance = ContextLoader.within(source.plugin().loader(), () -> family.service()
                    .cast(source.offer().factory().create(context)));
            if (instance == null) {
                throw fault(config, "its factory made nothing");
            }
            MadeService<T> made = new MadeService<>(config, source, instance);
            refuseUnread(config, settings, made);
            return made;
        } catch (InvalidSettingException e) {
            String path = config.path() + "." + e.setting();
            throw new ServiceFailure(
                    List.of(origins.of(path) + ": " + origins.redact(config.path() + "." + e.getMessage())));
        } catch (RuntimeException | LinkageError e) {
            throw fault(config, "cannot be made: " + BrokenPluginException.describe(e));
        }
    }

    private void refuseUnread(ServiceConfig config, Settings settings, MadeService<?> made) throws ServiceFailure {
        Set<String> unread = settings.unread();
        if (unread.isEmpty()) {
            return;
        }
        made.close();
        throw new ServiceFailure(unread.stream()
                .map(name -> origins.of(config.path() + "." + name) + ": unknown key '" + name + "' for kind '"
                        + config.kind() + "'" + hint(name, settings))
                .toList());
    }

    /** Only the names at the top are known from the outside. */
    private static String hint(String name, Settings settings) {
        return settings.names().contains(name) ? NearestName.hint(name, settings.known()) : "";
    }

    private ServiceFailure fault(ServiceConfig config, String message) {
        return new ServiceFailure(
                List.of(origins.of(config.path()) + ": " + config.path() + ": " + origins.redact(message)));
    }
}
