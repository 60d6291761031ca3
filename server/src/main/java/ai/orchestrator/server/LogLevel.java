package ai.orchestrator.server;

import java.util.Map;

/** Ollama's {@code OLLAMA_DEBUG} as this program's log level; the level's own variable wins. */
final class LogLevel {
    /** What the log's configuration reads. */
    static final String NAME = "ORCHESTRATOR_LOG_LEVEL";

    private LogLevel() {}

    /** Takes over the level; without effect once the log is in use. */
    static void apply(Map<String, String> environment) {
        String level = of(environment.getOrDefault("OLLAMA_DEBUG", ""));
        if (!level.isEmpty() && environment.getOrDefault(NAME, "").isEmpty()) {
            System.setProperty(NAME, level);
        }
    }

    /** The level that a value means; empty for the usual one. */
    static String of(String value) {
        return switch (value.strip().replace("\"", "").replace("'", "")) {
            case "1", "t", "T", "true", "TRUE", "True" -> "DEBUG";
            case "2" -> "TRACE";
            default -> "";
        };
    }
}
