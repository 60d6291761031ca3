package ai.orchestrator.plugin;

/** A running part that a plugin provides. All methods may be called from many threads at once. */
public interface PluginService extends AutoCloseable {
    /** The present state, answered at once from memory. */
    default Health health() {
        return Health.up();
    }

    /** Ends the service and frees what it holds; calls in progress may fail. Called once. */
    @Override
    default void close() {}
}
