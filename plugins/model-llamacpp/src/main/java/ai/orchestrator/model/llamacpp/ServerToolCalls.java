package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts tool calls together that {@code llama-server} streams in fragments. */
final class ServerToolCalls {
    private final Map<Integer, Parts> calls = new TreeMap<>();

    private static final class Parts {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    void add(JsonNode fragment) {
        Parts parts = calls.computeIfAbsent(fragment.path("index").asInt(), index -> new Parts());
        if (fragment.hasNonNull("id")) {
            parts.id = fragment.path("id").asText();
        }
        JsonNode function = fragment.path("function");
        if (function.hasNonNull("name")) {
            parts.name = function.path("name").asText();
        }
        parts.arguments.append(function.path("arguments").asText(""));
    }

    /** The calls that are whole; one whose answer was cut in the middle is not. */
    List<ToolCall> complete() {
        List<ToolCall> complete = new ArrayList<>();
        for (Parts parts : calls.values()) {
            String arguments = parts.arguments.isEmpty() ? "{}" : parts.arguments.toString();
            if (!parts.name.isEmpty() && isObject(arguments)) {
                complete.add(new ToolCall(parts.id, parts.name, arguments));
            }
        }
        return complete;
    }

    private static boolean isObject(String json) {
        try {
            return ServerClient.JSON.readTree(json).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
