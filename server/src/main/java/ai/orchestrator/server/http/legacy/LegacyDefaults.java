package ai.orchestrator.server.http.legacy;

import java.util.Optional;

/**
 * What the old service's requests have where they say nothing.
 *
 * @param model for chat; empty to be routed, as a model is that is not there
 * @param temperature for chat, 0 to 2
 * @param topP for chat, above 0 and up to 1
 * @param maxTokens for chat, at least 1
 * @param maxBodyBytes the largest request body
 */
public record LegacyDefaults(
        Optional<String> model, double temperature, double topP, int maxTokens, long maxBodyBytes) {
    /** The old service's own. */
    public static final LegacyDefaults DEFAULT = new LegacyDefaults(Optional.empty(), 0.7, 0.9, 2048, 2_000_000);
}
