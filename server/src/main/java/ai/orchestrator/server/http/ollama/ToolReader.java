package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.http.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads the tools that a request offers to the model. */
public final class ToolReader {
    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

    private ToolReader() {}

    /** The request's {@code tools}; none if absent. */
    public static List<ToolDefinition> tools(JsonObject request) {
        List<ToolDefinition> tools = new ArrayList<>();
        for (JsonObject tool : request.objects("tools")) {
            JsonObject function = tool.object("function");
            function.object("parameters");
            tools.add(new ToolDefinition(
                    function.text("name"),
                    function.text("description"),
                    function.json("parameters").orElse(NO_PARAMETERS)));
        }
        return tools;
    }
}
