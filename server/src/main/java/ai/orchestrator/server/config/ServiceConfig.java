package ai.orchestrator.server.config;

import java.util.Map;

/**
 * One configured service of a plugin.
 *
 * @param kind which factory makes it
 * @param name what it is called in logs and statistics; unique in its list
 * @param optional whether the server starts without it
 * @param settings its own settings: maps, lists, texts, numbers and booleans, none of them null
 * @param path where it stands in the configuration, such as {@code cache.tiers[1]}
 */
public record ServiceConfig(String kind, String name, boolean optional, Map<String, Object> settings, String path) {
    public ServiceConfig {
        settings = Map.copyOf(settings);
    }

    /** Leaves the settings out: some are secrets. */
    @Override
    public String toString() {
        return path + " (" + kind + " '" + name + "')";
    }
}
