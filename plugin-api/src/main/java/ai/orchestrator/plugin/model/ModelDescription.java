package ai.orchestrator.plugin.model;

/**
 * What {@code /api/show} tells beyond {@link ModelInfo}. Texts are empty where there is nothing to say.
 *
 * @param license the licence's text or name
 * @param template the chat template as the model's file has it
 * @param system the system prompt that the model brings along
 * @param parameters the model's own default options, one {@code name value} a line
 * @param engine what runs the model on this machine, such as {@code llama-server b6100}; empty for a remote model
 * @param metadataJson a JSON object of the model's metadata, such as {@code general.architecture}; long lists left out
 */
public record ModelDescription(
        String license, String template, String system, String parameters, String engine, String metadataJson) {}
