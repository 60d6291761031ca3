package ai.orchestrator.server.orchestration;

import java.util.Map;

/**
 * Who asks.
 *
 * @param tenant whose cache entries are seen and made; empty without API keys
 * @param headers the request's headers by lower-case name, for routing rules; credentials are left out
 */
public record Caller(String tenant, Map<String, String> headers) {
    /** A caller of whom nothing is known. */
    public static final Caller ANYBODY = new Caller("", Map.of());
}
