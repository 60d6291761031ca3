package ai.orchestrator.plugin.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A model that holds memory now.
 *
 * @param engine what runs it, such as {@code llama-server b6100}
 * @param sizeBytes what it holds in all
 * @param contextLength tokens of context it was loaded with
 * @param expiresAt when it will be unloaded unless it is used; empty for never
 */
public record LoadedModel(String name, String engine, long sizeBytes, int contextLength, Optional<Instant> expiresAt) {}
