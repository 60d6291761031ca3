package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.websearch.SearchTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the model may call.
 *
 * @param functions what the client runs
 * @param search what this server runs
 */
record Tools(List<ToolDefinition> functions, Optional<SearchTool> search, ToolChoice choice) {
    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

    static Tools of(JsonObject request) {
        List<ToolDefinition> functions = new ArrayList<>();
        Optional<SearchTool> search = Optional.empty();
        int index = 0;
        for (JsonObject tool : request.objects("tools")) {
            String type = tool.text("type");
            if (type.startsWith("web_search")) {
                search = Optional.of(search(tool));
            } else if (type.isEmpty() || type.equals("custom")) {
                functions.add(function(tool, index));
            } else {
                throw HttpProblem.badRequest("tools[" + index + "]: tool type \"" + type + "\" is not supported");
            }
            index++;
        }
        if (search.isPresent()) {
            functions.removeIf(function -> function.name().equals(SearchTool.NAME));
        }
        ToolChoice choice = choice(request, functions, search);
        boolean none = request.object("tool_choice").text("type").equals("none");
        return new Tools(List.copyOf(functions), none ? Optional.empty() : search, choice);
    }

    private static ToolDefinition function(JsonObject tool, int index) {
        String name = tool.text("name");
        if (name.isEmpty()) {
            throw HttpProblem.badRequest("tools[" + index + "]: name is required");
        }
        tool.object("input_schema");
        return new ToolDefinition(
                name, tool.text("description"), tool.json("input_schema").orElse(NO_PARAMETERS));
    }

    private static SearchTool search(JsonObject tool) {
        return new SearchTool(
                tool.integer("max_uses").orElse(SearchTool.MOST),
                tool.texts("allowed_domains"),
                tool.texts("blocked_domains"),
                false);
    }

    private static ToolChoice choice(JsonObject request, List<ToolDefinition> functions, Optional<SearchTool> search) {
        JsonObject choice = request.object("tool_choice");
        return switch (choice.text("type")) {
            case "", "auto" -> ToolChoice.AUTO;
            case "any" -> {
                if (functions.isEmpty() && search.isEmpty()) {
                    throw HttpProblem.badRequest("tool_choice: \"any\" needs tools");
                }
                yield new ToolChoice(ToolChoice.Mode.REQUIRED, "");
            }
            // without tools there is nothing to choose, and the same answer comes
            case "none" -> functions.isEmpty() ? ToolChoice.AUTO : new ToolChoice(ToolChoice.Mode.NONE, "");
            case "tool" -> {
                String name = choice.text("name");
                boolean searches = search.isPresent() && name.equals(SearchTool.NAME);
                if (!searches
                        && functions.stream()
                                .noneMatch(function -> function.name().equals(name))) {
                    throw HttpProblem.badRequest("tool_choice: there is no tool \"" + name + "\"");
                }
                yield new ToolChoice(ToolChoice.Mode.NAMED, name);
            }
            default ->
                throw HttpProblem.badRequest("'tool_choice.type' must be \"auto\", \"any\", \"tool\" or \"none\"");
        };
    }
}
