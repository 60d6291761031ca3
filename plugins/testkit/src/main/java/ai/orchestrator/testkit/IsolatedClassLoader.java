package ai.orchestrator.testkit;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;

/**
 * Loads a plugin's classes as the host does: from the plugin's own jars, the JDK and the contract's packages, and nothing else. A
 * library that looks for its parts through the thread's context class loader fails here as it would in the server.
 */
public final class IsolatedClassLoader extends URLClassLoader {
    /**
     * A loader over the jars or folders that these classes come from.
     *
     * @param oneOfEach a class of the plugin and one of each library in its zip
     */
    public IsolatedClassLoader(Class<?>... oneOfEach) {
        super(Stream.of(oneOfEach).map(IsolatedClassLoader::origin).distinct().toArray(URL[]::new), new Contract());
    }

    private static URL origin(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static final class Contract extends ClassLoader {
        Contract() {
            super(getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("ai.orchestrator.plugin.")
                    || name.startsWith("org.pf4j.")
                    || name.startsWith("org.slf4j.")
                    || name.startsWith("org.jspecify.")) {
                return Class.forName(name, false, IsolatedClassLoader.class.getClassLoader());
            }
            throw new ClassNotFoundException(name);
        }
    }
}
