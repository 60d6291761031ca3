package ai.orchestrator.server.template;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.template.language.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Messages and tools as templates see them, with the fields and the JSON that they have in Ollama. */
final class Things {
    private Things() {}

    static Value messages(List<Message> messages) {
        return new Value.Items(messages.stream().map(Things::message).toList(), false);
    }

    static Value tools(List<ToolDefinition> tools) {
        return new Value.Items(tools.stream().map(Things::tool).toList(), true);
    }

    private static Value message(Message message) {
        Value role = Value.of(message.role());
        Value content = Value.of(message.content());
        Value thinking = Value.of(message.thinking());
        Value calls = new Value.Items(
                IntStream.range(0, message.toolCalls().size())
                        .mapToObj(index -> call(message.toolCalls().get(index), index))
                        .toList(),
                true);
        Value toolName = Value.of(message.toolName());
        Value toolCallId = Value.of(message.toolCallId());
        Value images = new Value.Items(
                message.images().stream().map(image -> Value.of("")).toList(), true);

        Map<String, Value> json = new LinkedHashMap<>();
        json.put("role", role);
        json.put("content", content);
        putUnlessEmpty(json, "thinking", thinking);
        putUnlessEmpty(json, "tool_calls", calls);
        putUnlessEmpty(json, "tool_name", toolName);
        putUnlessEmpty(json, "tool_call_id", toolCallId);
        return new Value.Thing(
                "message",
                Map.of(
                        "Role", role,
                        "Content", content,
                        "Thinking", thinking,
                        "Images", images,
                        "ToolCalls", calls,
                        "ToolName", toolName,
                        "ToolCallID", toolCallId),
                new Value.Entries(json, true));
    }

    private static Value call(ToolCall call, int index) {
        Value id = Value.of(call.id());
        Value name = Value.of(call.name());
        Value arguments = JsonValues.parse(call.argumentsJson());
        Map<String, Value> functionJson = new LinkedHashMap<>();
        functionJson.put("index", Value.of(index));
        functionJson.put("name", name);
        functionJson.put("arguments", arguments);
        Value function = new Value.Thing(
                "function of a tool call",
                Map.of("Index", Value.of(index), "Name", name, "Arguments", arguments),
                new Value.Entries(functionJson, true));
        Map<String, Value> json = new LinkedHashMap<>();
        putUnlessEmpty(json, "id", id);
        json.put("function", function);
        return new Value.Thing("tool call", Map.of("ID", id, "Function", function), new Value.Entries(json, true));
    }

    private static Value tool(ToolDefinition tool) {
        Value name = Value.of(tool.name());
        Value description = Value.of(tool.description());
        Value schema = JsonValues.parse(tool.parametersJson());
        Map<String, Value> functionJson = new LinkedHashMap<>();
        functionJson.put("name", name);
        putUnlessEmpty(functionJson, "description", description);
        functionJson.put("parameters", schema);
        Value function = new Value.Thing(
                "function of a tool",
                Map.of("Name", name, "Description", description, "Parameters", Schemas.parameters(schema)),
                new Value.Entries(functionJson, true));
        Map<String, Value> json = new LinkedHashMap<>();
        json.put("type", Value.of("function"));
        json.put("function", function);
        return new Value.Thing(
                "tool", Map.of("Type", Value.of("function"), "Function", function), new Value.Entries(json, true));
    }

    private static void putUnlessEmpty(Map<String, Value> json, String name, Value value) {
        if (value.truth()) {
            json.put(name, value);
        }
    }
}
