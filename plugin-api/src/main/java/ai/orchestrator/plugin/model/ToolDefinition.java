package ai.orchestrator.plugin.model;

/**
 * A tool that the model may call.
 *
 * @param description empty if there is none
 * @param parametersJson a JSON Schema of the arguments, as JSON text
 */
public record ToolDefinition(String name, String description, String parametersJson) {}
