package ai.orchestrator.plugin.model;

/**
 * The model asks for a tool to be run.
 *
 * @param id names the call within the conversation; empty if the model gave none
 * @param name the tool
 * @param argumentsJson a JSON object, its keys in the model's order
 */
public record ToolCall(String id, String name, String argumentsJson) {}
