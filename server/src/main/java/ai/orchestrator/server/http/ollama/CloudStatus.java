package ai.orchestrator.server.http.ollama;

/**
 * Whether requests may leave this machine, as {@code /api/status} shows it.
 *
 * @param disabled whether none may
 * @param source who says so: {@code none}, {@code env}, {@code config} or {@code both}
 */
public record CloudStatus(boolean disabled, String source) {}
