package ai.orchestrator.server.http.responses;

import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.websearch.SearchTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code tools}. */
final class ToolReader {
    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

    private final int maxSearches;
    private final Map<String, ToolName> names;
    private final List<ToolDefinition> functions = new ArrayList<>();
    private Optional<SearchTool> search = Optional.empty();

    /** @param names is filled with the functions that are in a namespace */
    ToolReader(int maxSearches, Map<String, ToolName> names) {
        this.maxSearches = maxSearches;
        this.names = names;
    }

    List<ToolDefinition> functions() {
        return functions;
    }

    Optional<SearchTool> search() {
        return search;
    }

    void add(JsonObject tool, String where) {
        String type = tool.text("type");
        if (type.equals("function")) {
            function(tool, "", "", where);
        } else if (type.equals("namespace")) {
            namespace(tool, where);
        } else if (type.startsWith(SearchTool.NAME)) {
            JsonObject filters = tool.object("filters");
            search = Optional.of(new SearchTool(
                    maxSearches, filters.texts("allowed_domains"), filters.texts("blocked_domains"), true));
        } else {
            throw unknown(type, where);
        }
    }

    private void namespace(JsonObject namespace, String where) {
        String name = required(namespace, where);
        int index = 0;
        for (JsonObject tool : namespace.objects("tools")) {
            String inner = where + ".tools[" + index + "]";
            if (!tool.text("type").equals("function")) {
                throw unknown(tool.text("type"), inner);
            }
            function(tool, name, namespace.text("description"), inner);
            index++;
        }
    }

    private void function(JsonObject tool, String namespace, String about, String where) {
        ToolName name = new ToolName(namespace, required(tool, where));
        if (!namespace.isEmpty()) {
            names.put(name.flat(), name);
        }
        tool.object("parameters");
        String own = tool.text("description");
        String description = about.isEmpty() || own.isEmpty() ? about + own : about + ": " + own;
        functions.add(new ToolDefinition(
                name.flat(), description, tool.json("parameters").orElse(NO_PARAMETERS)));
    }

    private static String required(JsonObject tool, String where) {
        String name = tool.text("name");
        if (name.isEmpty()) {
            throw HttpProblem.badRequest(where + ": name is required");
        }
        return name;
    }

    private static HttpProblem unknown(String type, String where) {
        return HttpProblem.badRequest(where + ": unknown tool type: \"" + type
                + "\" (must be \"function\", \"namespace\" or \"web_search\")");
    }
}
