package ai.orchestrator.server.plugin;

import java.util.List;

/** What a plugin sees of the host: the contract and the three libraries that are shared with it. All else is the JDK's. */
final class ContractClassLoader extends ClassLoader {
    private static final List<String> SHARED =
            List.of("ai.orchestrator.plugin.", "org.pf4j.", "org.slf4j.", "org.jspecify.");

    private final ClassLoader host;

    ContractClassLoader(ClassLoader host) {
        super("contract", ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    /** Whether a class is the host's, even where a plugin brings its own copy. */
    static boolean isShared(String className) {
        return SHARED.stream().anyMatch(className::startsWith);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (isShared(name)) {
            return host.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
