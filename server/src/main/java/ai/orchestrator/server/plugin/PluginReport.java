package ai.orchestrator.server.plugin;

/**
 * How one plugin is doing, for the operator.
 *
 * @param id the plugin's id; the file's name where that cannot be told; the place in the configuration for a service that is left out
 * @param version empty where that cannot be told
 * @param reason what is wrong; empty if nothing is
 */
public record PluginReport(String id, String version, State state, String reason) {
    /** From used to broken. */
    public enum State {
        /** At least one service of it is running. */
        ACTIVE,
        /** Loaded, and no service of it is running. */
        IDLE,
        /** Cannot be used. */
        FAILED
    }
}
