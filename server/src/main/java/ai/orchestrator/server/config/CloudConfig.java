package ai.orchestrator.server.config;

/**
 * Whether every request stays on this machine: no remote model, no web search.
 *
 * @param offByFile whether the configuration says so
 * @param offByEnvironment whether the environment does
 */
public record CloudConfig(boolean offByFile, boolean offByEnvironment) {
    /** Whether anything says so. */
    public boolean isOff() {
        return offByFile || offByEnvironment;
    }

    /** Who says so, in the words of {@code /api/status}: {@code none}, {@code env}, {@code config} or {@code both}. */
    public String source() {
        if (offByFile && offByEnvironment) {
            return "both";
        }
        if (offByFile) {
            return "config";
        }
        return offByEnvironment ? "env" : "none";
    }
}
