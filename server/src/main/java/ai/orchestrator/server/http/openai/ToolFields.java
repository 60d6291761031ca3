package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ollama.ToolReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What the model may call, and whether it has to. */
record ToolFields(List<ToolDefinition> tools, ToolChoice choice) {

    static ToolFields of(JsonObject request) {
        for (JsonObject tool : request.objects("tools")) {
            String type = tool.text("type");
            if (!type.isEmpty() && !type.equals("function")) {
                throw HttpProblem.badRequest("tools of type '" + type + "' are not supported, only functions");
            }
        }
        List<ToolDefinition> tools = ToolReader.tools(request);
        return new ToolFields(tools, choice(request, tools));
    }

    private static ToolChoice choice(JsonObject request, List<ToolDefinition> tools) {
        JsonNode choice = request.find("tool_choice").orElse(null);
        if (choice == null) {
            return ToolChoice.AUTO;
        }
        if (choice.isObject()) {
            String named = request.object("tool_choice").object("function").text("name");
            if (tools.stream().noneMatch(tool -> tool.name().equals(named))) {
                throw HttpProblem.badRequest("invalid tool_choice: no tool '" + named + "' is among the tools");
            }
            return new ToolChoice(ToolChoice.Mode.NAMED, named);
        }
        return switch (choice.isTextual() ? choice.textValue() : "") {
            case "auto" -> ToolChoice.AUTO;
            // without tools there is nothing to choose, and the same answer comes
            case "none" -> tools.isEmpty() ? ToolChoice.AUTO : new ToolChoice(ToolChoice.Mode.NONE, "");
            case "required" -> {
                if (tools.isEmpty()) {
                    throw HttpProblem.badRequest("invalid tool_choice: \"required\" needs tools");
                }
                yield new ToolChoice(ToolChoice.Mode.REQUIRED, "");
            }
            default ->
                throw HttpProblem.badRequest(
                        "invalid tool_choice: must be \"auto\", \"none\", \"required\", or an object that names a function");
        };
    }
}
