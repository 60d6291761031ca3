package ai.orchestrator.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the scripted model answers.
 *
 * @param deltas the answer's pieces as the wire has them, a token each
 * @param reason why it ended
 */
record ScriptedAnswer(List<ObjectNode> deltas, String reason) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static ScriptedAnswer to(ScriptedRequest request) {
        List<ObjectNode> calls = request.toolResults().isEmpty() ? ScriptedTools.calls(request) : List.of();
        return calls.isEmpty() ? words(request, text(request)) : new ScriptedAnswer(calls, "tool_calls");
    }

    private static ScriptedAnswer words(ScriptedRequest request, String text) {
        String whole = text;
        for (String stop : request.stops()) {
            whole = whole.contains(stop) ? whole.substring(0, whole.indexOf(stop)) : whole;
        }
        List<ObjectNode> deltas = new ArrayList<>();
        for (String word : whole.split("(?<= )", -1)) {
            if (!word.isEmpty()) {
                deltas.add(NODES.objectNode().put("content", word));
            }
        }
        boolean cut = deltas.size() > request.limit();
        return new ScriptedAnswer(cut ? deltas.subList(0, request.limit()) : deltas, cut ? "length" : "stop");
    }

    private static String text(ScriptedRequest request) {
        List<String> results = request.toolResults();
        if (request.wantsJson()) {
            return json(request, results);
        }
        if (!results.isEmpty()) {
            return "The tools say this: " + String.join(" and ", results) + ".";
        }
        if (request.images() > 0) {
            return request.images() == 1 ? "That is a cat." : "The first shows a cat and the second shows dice.";
        }
        String question = request.question().toLowerCase(Locale.ROOT);
        if (question.contains("capital of germany")) {
            return "The capital of Germany is Berlin, a city of almost four million people, and two and two are four.";
        }
        if (question.contains("translate")) {
            return "Ich liebe dich.";
        }
        if (question.contains("favorite color")) {
            return "Your favorite color is green.";
        }
        if (question.contains("hello world")) {
            return "Hello World";
        }
        return "I know by heart what I was taught, and nothing else that you could ask me.";
    }

    /** Members of the schema, filled in; a bare JSON answer tells of a city. */
    private static String json(ScriptedRequest request, List<String> results) {
        ObjectNode answer = NODES.objectNode();
        if (request.wantsMember("weather")) {
            answer.put("weather", String.join(" ", results));
        } else {
            answer.put("city", "Berlin");
        }
        return answer.toString().replace(":", ": ");
    }

    /** A whole tool call in one piece, its arguments as text. */
    static ObjectNode call(int index, String tool, JsonNode arguments) {
        ObjectNode delta = NODES.objectNode();
        ObjectNode call = delta.putArray("tool_calls")
                .addObject()
                .put("index", index)
                .put("id", "call_scripted_" + index)
                .put("type", "function");
        call.putObject("function").put("name", tool).put("arguments", arguments.toString());
        return delta;
    }
}
