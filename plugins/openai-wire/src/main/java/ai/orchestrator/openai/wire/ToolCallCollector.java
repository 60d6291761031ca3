package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts tool calls together from their fragments. A fragment belongs to the newest call of its {@code index}; a call is whole only when the answer
 * ends, since pieces of white space may follow arguments that already are JSON.
 */
final class ToolCallCollector {
    private static final int LONGEST = 16 << 20;

    /** By index; several of one index are in the order in which they were begun. */
    private final SortedMap<Integer, List<Fragments>> calls = new TreeMap<>();

    private int length;

    private static final class Fragments {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** @param fragments the {@code tool_calls} of a delta or a message; anything but an array is passed over */
    void add(JsonNode fragments) {
        for (JsonNode fragment : fragments) {
            if (fragment.isObject()) {
                addOne(fragment);
            }
        }
    }

    private void addOne(JsonNode fragment) {
        List<Fragments> begun = calls.computeIfAbsent(position(fragment), absent -> new ArrayList<>());
        JsonNode function = fragment.path("function");
        String id = Json.text(fragment, "id");
        String name = Json.text(function, "name");
        if (begun.isEmpty() || isAnother(begun.getLast(), id, name)) {
            begun.add(new Fragments());
        }
        Fragments call = begun.getLast();
        if (call.id.isEmpty()) {
            call.id = id;
        }
        if (call.name.isEmpty()) {
            call.name = name;
        }
        JsonNode arguments = function.path("arguments");
        String piece = arguments.isObject() ? arguments.toString() : Json.text(function, "arguments");
        call.arguments.append(piece);
        length += piece.length() + 1;
        if (length > LONGEST) {
            throw new PluginFailure.Permanent(FailureCode.BAD_REPLY, "the model's tool calls are too long");
        }
    }

    /** Some servers give every call the same index. An id alone tells nothing, since others make a new one for each fragment. */
    private static boolean isAnother(Fragments call, String id, String name) {
        return !name.isEmpty() && !call.name.isEmpty() && !id.isEmpty() && !id.equals(call.id);
    }

    /** Without an index, a fragment that names a call opens the next one, and any other continues the last. */
    private int position(JsonNode fragment) {
        JsonNode index = fragment.path("index");
        if (index.isInt()) {
            return index.intValue();
        }
        if (calls.isEmpty()) {
            return 0;
        }
        boolean opens = !Json.text(fragment, "id").isEmpty()
                || !Json.text(fragment.path("function"), "name").isEmpty();
        return opens ? calls.lastKey() + 1 : calls.lastKey();
    }

    /**
     * The calls in order.
     *
     * @param cutShort whether the answer met its limit of tokens: a call that is not whole is then left out
     * @throws PluginFailure if a call has no name, or arguments that are no JSON object
     */
    List<ToolCall> finish(boolean cutShort) {
        List<ToolCall> whole = new ArrayList<>();
        for (Fragments call : calls.values().stream().flatMap(List::stream).toList()) {
            String arguments = call.arguments.toString().strip();
            if (arguments.isEmpty()) {
                arguments = "{}";
            }
            if (!call.name.isEmpty() && Json.read(arguments).isObject()) {
                whole.add(new ToolCall(call.id, call.name, arguments));
            } else if (!cutShort) {
                throw new PluginFailure.Retriable(
                        FailureCode.BAD_REPLY, "the model called a tool without a name or a JSON object of arguments");
            }
        }
        return whole;
    }
}
