package ai.orchestrator.server.http.responses;

import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.websearch.SearchTool;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the model may call.
 *
 * @param functions what the client runs, by the names that the model knows
 * @param search what this server runs
 * @param names what the client calls the functions that are in a namespace, by the names that the model knows
 */
record Tools(
        List<ToolDefinition> functions, Optional<SearchTool> search, ToolChoice choice, Map<String, ToolName> names) {

    static Tools of(JsonObject request) {
        Map<String, ToolName> names = new HashMap<>();
        ToolReader reader = new ToolReader(request.integer("max_tool_calls").orElse(SearchTool.MOST), names);
        int index = 0;
        for (JsonObject tool : request.objects("tools")) {
            reader.add(tool, "tools[" + index + "]");
            index++;
        }
        Optional<SearchTool> offered = reader.search();
        List<ToolDefinition> all = reader.functions().stream()
                .filter(function -> offered.isEmpty() || !function.name().equals(SearchTool.NAME))
                .toList();
        Predicate<String> known =
                name -> all.stream().anyMatch(function -> function.name().equals(name))
                        || (offered.isPresent() && name.equals(SearchTool.NAME));
        Optional<ToolChoice> choice = choice(request, known);
        // what may not be called need not be offered
        Predicate<String> allowed = allowed(request, known);
        List<ToolDefinition> functions =
                all.stream().filter(function -> allowed.test(function.name())).toList();
        Optional<SearchTool> search = offered.filter(tool -> allowed.test(SearchTool.NAME));
        boolean none =
                choice.filter(asked -> asked.mode() == ToolChoice.Mode.NONE).isPresent();
        boolean required =
                choice.filter(asked -> asked.mode() == ToolChoice.Mode.REQUIRED).isPresent();
        if (required && functions.isEmpty() && search.isEmpty()) {
            throw HttpProblem.badRequest("invalid tool_choice: \"required\" needs tools");
        }
        // without tools there is nothing to choose, and the same answer comes
        ToolChoice made = none && functions.isEmpty() ? ToolChoice.AUTO : choice.orElse(ToolChoice.AUTO);
        return new Tools(functions, none ? Optional.empty() : search, made, Map.copyOf(names));
    }

    /** What the client calls a function that the model calls so. */
    ToolName name(String flat) {
        return names.getOrDefault(flat, new ToolName("", flat));
    }

    private static Optional<ToolChoice> choice(JsonObject request, Predicate<String> known) {
        JsonNode choice = request.find("tool_choice").orElse(null);
        if (choice == null) {
            return Optional.empty();
        }
        if (choice.isObject()) {
            JsonObject form = request.object("tool_choice");
            return Optional.of(
                    allows(form) ? mode(form.text("mode")) : new ToolChoice(ToolChoice.Mode.NAMED, name(form, known)));
        }
        return Optional.of(mode(choice.isTextual() ? choice.textValue() : ""));
    }

    private static ToolChoice mode(String mode) {
        return switch (mode) {
            case "auto" -> ToolChoice.AUTO;
            case "none" -> new ToolChoice(ToolChoice.Mode.NONE, "");
            case "required" -> new ToolChoice(ToolChoice.Mode.REQUIRED, "");
            default -> throw badChoice();
        };
    }

    /** Which tools may be called, by the names that the model knows. */
    private static Predicate<String> allowed(JsonObject request, Predicate<String> known) {
        Optional<JsonObject> form = request.find("tool_choice")
                .filter(JsonNode::isObject)
                .map(node -> request.object("tool_choice"))
                .filter(Tools::allows);
        if (form.isEmpty()) {
            return name -> true;
        }
        List<String> names = form.get().objects("tools").stream()
                .map(tool -> name(tool, known))
                .toList();
        return names::contains;
    }

    private static boolean allows(JsonObject choice) {
        return choice.text("type").equals("allowed_tools");
    }

    /** The tool that is named, which has to be known. */
    private static String name(JsonObject choice, Predicate<String> known) {
        String name = name(choice);
        if (!known.test(name)) {
            throw HttpProblem.badRequest("invalid tool_choice: no tool \"" + name + "\" is among the tools");
        }
        return name;
    }

    private static String name(JsonObject choice) {
        String type = choice.text("type");
        if (type.equals("function")) {
            return new ToolName(choice.text("namespace"), choice.text("name")).flat();
        }
        if (type.startsWith(SearchTool.NAME)) {
            return SearchTool.NAME;
        }
        throw badChoice();
    }

    private static HttpProblem badChoice() {
        return HttpProblem.badRequest("invalid tool_choice: must be \"auto\", \"none\", \"required\", or an object that"
                + " names a function or web_search");
    }
}
