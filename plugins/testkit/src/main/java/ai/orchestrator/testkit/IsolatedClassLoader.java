package ai.orchestrator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
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

    /**
     * Adds the jar or folder that a resource comes from, for a library that brings no class.
     *
     * @param name as {@link ClassLoader#getResource} takes it
     * @throws IllegalArgumentException if it is not on the class path
     */
    public IsolatedClassLoader with(String name) {
        URL resource = IsolatedClassLoader.class.getClassLoader().getResource(name);
        if (resource == null) {
            throw new IllegalArgumentException("there is no resource " + name);
        }
        addURL(root(resource, name));
        return this;
    }

    private static URL root(URL resource, String name) {
        try {
            return resource.openConnection() instanceof JarURLConnection jar
                    ? jar.getJarFileURL()
                    : URI.create(resource.toString().replace(name, "")).toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
