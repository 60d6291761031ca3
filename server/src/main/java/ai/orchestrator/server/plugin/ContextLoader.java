package ai.orchestrator.server.plugin;

import java.util.function.Supplier;

/** Runs code under a plugin's class loader as the thread's own, which libraries that use {@code ServiceLoader} need. */
final class ContextLoader {
    private ContextLoader() {}

    static <T> T within(ClassLoader loader, Supplier<T> code) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return code.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
