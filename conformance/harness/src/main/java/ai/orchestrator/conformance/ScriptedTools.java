package ai.orchestrator.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which tools the scripted model calls: those whose subject the question has, or the first if it has to call one. */
final class ScriptedTools {
    private static final List<String> SUBJECTS = List.of("weather", "time");
    private static final Pattern PLACE = Pattern.compile("\\b(Munich|France|Oslo|Paris|Tokyo)\\b");

    private ScriptedTools() {}

    static List<ObjectNode> calls(ScriptedRequest request) {
        JsonNode choice = request.body().path("tool_choice");
        List<ObjectNode> calls = new ArrayList<>();
        if (choice.asText().equals("none")) {
            return calls;
        }
        String question = request.question();
        for (JsonNode tool : request.tools()) {
            if (isMeant(tool, question)) {
                calls.add(call(calls.size(), tool, question));
            }
        }
        boolean forced = choice.isObject() || choice.asText().equals("required");
        if (calls.isEmpty() && forced) {
            calls.add(call(0, forcedTool(request, choice), question));
        }
        return calls;
    }

    private static boolean isMeant(JsonNode tool, String question) {
        String name = tool.path("name").asText().toLowerCase(Locale.ROOT);
        String asked = question.toLowerCase(Locale.ROOT);
        return SUBJECTS.stream().anyMatch(subject -> name.contains(subject) && asked.contains(subject));
    }

    private static JsonNode forcedTool(ScriptedRequest request, JsonNode choice) {
        String named = choice.at("/function/name").asText("");
        return request.tools().stream()
                .filter(tool -> named.isEmpty()
                        ? tool.at("/parameters/properties").has("city")
                        : tool.path("name").asText().equals(named))
                .findFirst()
                .orElseGet(() -> request.tools().getFirst());
    }

    private static ObjectNode call(int index, JsonNode tool, String question) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        tool.at("/parameters/properties").fieldNames().forEachRemaining(name -> {
            switch (name) {
                case "city" -> arguments.put(name, place(question, "Munich"));
                case "country" -> arguments.put(name, "France");
                default -> {}
            }
        });
        return ScriptedAnswer.call(index, tool.path("name").asText(), arguments);
    }

    private static String place(String question, String fallback) {
        Matcher place = PLACE.matcher(question);
        return place.find() ? place.group() : fallback;
    }
}
