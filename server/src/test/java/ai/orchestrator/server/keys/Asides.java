package ai.orchestrator.server.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Members of requests that never change an answer, on whatever surface. */
final class Asides {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<String, JsonNode> ALL = Map.ofEntries(
            Map.entry("stream", NODES.booleanNode(true)),
            Map.entry("stream_options", NODES.objectNode().put("include_usage", true)),
            Map.entry("keep_alive", NODES.textNode("1m")),
            Map.entry("conversation_id", NODES.textNode("6f1f6c0a-52ae-4b0c-9a4c-0a1f5b0f2a33")),
            Map.entry("chat_id", NODES.textNode("c")),
            Map.entry("session_id", NODES.textNode("s")),
            Map.entry("request_id", NODES.textNode("r")),
            Map.entry("user", NODES.textNode("u")),
            Map.entry("metadata", NODES.objectNode().put("trace", 7)),
            Map.entry("store", NODES.booleanNode(false)),
            Map.entry("service_tier", NODES.textNode("auto")),
            Map.entry("safety_identifier", NODES.textNode("i")),
            Map.entry("prompt_cache_key", NODES.textNode("k")),
            Map.entry("novel_but_null", NODES.nullNode()));

    static final Set<String> NAMES = ALL.keySet();

    private Asides() {}

    /** Those of these names. */
    static Map<String, JsonNode> of(Map<String, Integer> names) {
        Map<String, JsonNode> some = new LinkedHashMap<>(ALL);
        some.keySet().retainAll(names.keySet());
        return some;
    }
}
