package ai.orchestrator.plugin.model;

/**
 * Where a remote model runs.
 *
 * @param model the far side's name for it, such as {@code openai/gpt-4o-mini}
 * @param host the far side's address, such as {@code https://openrouter.ai}
 */
public record RemoteOrigin(String model, String host) {}
