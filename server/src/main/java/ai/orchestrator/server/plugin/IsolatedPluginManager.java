package ai.orchestrator.server.plugin;

import ai.orchestrator.server.config.Product;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.DefaultPluginLoader;
import org.pf4j.DefaultPluginManager;
import org.pf4j.DefaultPluginRepository;
import org.pf4j.Plugin;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.PropertiesPluginDescriptorFinder;
import org.pf4j.RuntimeMode;

/**
 * PF4J with isolated class loaders, and without what does not suit a server: it writes no status files, has no development mode, reports a
 * plugin class that cannot be made instead of logging it, and its {@code stopPlugins}, which leaves every other plugin running in this
 * version, is replaced. Not thread-safe, as PF4J is not.
 */
final class IsolatedPluginManager extends DefaultPluginManager {
    private final ClassLoader contract;

    IsolatedPluginManager(Path folder) {
        super(folder);
        contract = new ContractClassLoader(getClass().getClassLoader());
        setSystemVersion(Product.VERSION);
    }

    /** What a plugin's {@code plugin.properties} says. */
    PluginDescriptor describe(Path plugin) {
        return getPluginDescriptorFinder().find(plugin);
    }

    @Override
    public void stopPlugins() {
        for (PluginWrapper plugin : List.copyOf(getStartedPlugins()).reversed()) {
            stopPlugin(plugin.getPluginId());
        }
    }

    @Override
    public RuntimeMode getRuntimeMode() {
        return RuntimeMode.DEPLOYMENT;
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String pluginId) {
                return false;
            }

            @Override
            public void disablePlugin(String pluginId) {
                // which plugins are used is the configuration's to say
            }

            @Override
            public void enablePlugin(String pluginId) {
                // as above
            }
        };
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new DefaultPluginRepository(getPluginsRoots());
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PropertiesPluginDescriptorFinder();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new DefaultPluginLoader(this) {
            @Override
            protected PluginClassLoader createPluginClassLoader(Path path, PluginDescriptor descriptor) {
                return new IsolatedClassLoader(IsolatedPluginManager.this, descriptor, contract);
            }
        };
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> {
            try {
                Class<?> type = wrapper.getPluginClassLoader()
                        .loadClass(wrapper.getDescriptor().getPluginClass());
                if (Modifier.isAbstract(type.getModifiers())) {
                    throw new PluginRuntimeException("the plugin class is abstract");
                }
                return type.asSubclass(Plugin.class).getConstructor().newInstance();
            } catch (ReflectiveOperationException | ClassCastException e) {
                throw new PluginRuntimeException(e);
            }
        };
    }

    /** A plugin's own classes first, but never its own copy of what is shared. */
    private static final class IsolatedClassLoader extends PluginClassLoader {
        IsolatedClassLoader(IsolatedPluginManager manager, PluginDescriptor descriptor, ClassLoader parent) {
            super(manager, descriptor, parent);
        }

        @Override
        protected boolean shouldDelegateToParent(String className) {
            return ContractClassLoader.isShared(className);
        }
    }
}
