package ai.orchestrator.plugin;

import java.nio.file.Path;

/**
 * What the host gives a factory.
 *
 * @param name the service's name in logs and statistics: the configured {@code name}, else the kind
 * @param settings the service's own part of {@code orchestrator.yaml}
 * @param home the folder that relative paths in settings start from; nothing is written outside it
 * @param userAgent what the service calls itself to remote servers, such as {@code ai-orchestrator/0.1.0}
 */
public record PluginContext(String name, Settings settings, Path home, String userAgent) {
    /** A path from the settings, relative to {@link #home} unless absolute. */
    public Path resolve(String path) {
        return home.resolve(path).normalize();
    }
}
