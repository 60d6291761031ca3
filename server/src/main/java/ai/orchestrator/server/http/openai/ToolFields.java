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
        int index = 0;
        for (JsonObject tool : request.objects("tools")) {
            String type = tool.text("type");
            if (!type.isEmpty() && !type.equals("function")) {
                throw HttpProblem.badRequest("tools of type '" + type + "' are not supported, only functions");
            }
            if (tool.object("function").text("name").isEmpty()) {
                throw HttpProblem.badRequest("tools[" + index + "].function.name is required");
            }
            index++;
        }
        List<ToolDefinition> tools = ToolReader.tools(request);
        JsonNode choice = request.find("tool_choice").orElse(null);
        if (choice == null) {
            return new ToolFields(tools, ToolChoice.AUTO);
        }
        if (choice.isObject()) {
            JsonObject form = request.object("tool_choice");
            return form.text("type").equals("allowed_tools")
                    ? allowed(form.object("allowed_tools"), tools)
                    : new ToolFields(tools, new ToolChoice(ToolChoice.Mode.NAMED, known(form, tools)));
        }
        return new ToolFields(tools, mode(choice.isTextual() ? choice.textValue() : "", tools));
    }

    /** What may not be called need not be offered. */
    private static ToolFields allowed(JsonObject allowed, List<ToolDefinition> tools) {
        List<String> names = allowed.objects("tools").stream()
                .map(tool -> known(tool, tools))
                .toList();
        List<ToolDefinition> left =
                tools.stream().filter(tool -> names.contains(tool.name())).toList();
        return new ToolFields(left, mode(allowed.text("mode"), left));
    }

    /** The name of the function, which has to be among the tools. */
    private static String known(JsonObject named, List<ToolDefinition> tools) {
        String name = named.object("function").text("name");
        if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
            throw HttpProblem.badRequest("invalid tool_choice: no tool '" + name + "' is among the tools");
        }
        return name;
    }

    private static ToolChoice mode(String mode, List<ToolDefinition> tools) {
        return switch (mode) {
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
