package ai.orchestrator.server.replay;

import ai.orchestrator.server.http.RawConnection;
import ai.orchestrator.server.http.TestClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** The objects of one reply, in order, whatever its surface and however it was sent. */
final class Transcript {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What belongs to one reply alone: its names, its times, and what it cost. */
    private static final Pattern OWN = Pattern.compile(
            "id|item_id|created|created_at|completed_at|timestamp|conversation_id|cost|cache_hit|cache_source|.*_duration");

    private static final Pattern NAMES = Pattern.compile("id|item_id|conversation_id");

    private final List<JsonNode> objects = new ArrayList<>();

    Transcript(TestClient.Reply reply) {
        if (reply.status() != 200) {
            throw new AssertionError(reply.status() + ": " + reply.body());
        }
        read(reply.header("Content-Type"), reply.body());
    }

    Transcript(RawConnection.Reply reply) {
        if (!reply.status().contains(" 200 ")) {
            throw new AssertionError(reply.status() + ": " + reply.body());
        }
        read(reply.headers().getOrDefault("content-type", ""), reply.body());
    }

    private void read(String type, String body) {
        if (type.startsWith("text/event-stream")) {
            body.lines().filter(line -> line.startsWith("data: {")).forEach(line -> add(line.substring(6)));
        } else if (type.startsWith("application/x-ndjson")) {
            body.lines().forEach(this::add);
        } else {
            add(body);
        }
    }

    private void add(String json) {
        try {
            objects.add(MAPPER.readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + json, e);
        }
    }

    /** What any reply with the same answer has, event by event. */
    List<String> common() {
        return objects.stream()
                .map(Transcript::withoutOwn)
                .map(JsonNode::toString)
                .toList();
    }

    /** The answer's text, put together. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (JsonNode object : objects) {
            for (String path : List.of(
                    "/message/content",
                    "/response",
                    "/choices/0/message/content",
                    "/choices/0/delta/content",
                    "/choices/0/text",
                    "/delta/text")) {
                text.append(object.at(path).asText(""));
            }
            if (object.path("type").asText().equals("response.output_text.delta")) {
                text.append(object.path("delta").asText());
            }
            object.path("content")
                    .forEach(block -> text.append(block.path("text").asText("")));
            if (object.path("object").asText().equals("response")) {
                object.path("output")
                        .forEach(item -> text.append(item.at("/content/0/text").asText("")));
            }
        }
        return text.toString();
    }

    /** The names that the reply has for itself and its parts, but for those of tool calls, which are the model's. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        each((name, value) -> {
            if (NAMES.matcher(name).matches() && !value.asText().startsWith("call_")) {
                names.add(value.asText());
            }
        });
        return names;
    }

    /** All values of a member of this name, wherever it is. */
    List<JsonNode> all(String wanted) {
        List<JsonNode> values = new ArrayList<>();
        each((name, value) -> {
            if (name.equals(wanted)) {
                values.add(value);
            }
        });
        return values;
    }

    void each(BiConsumer<String, JsonNode> seen) {
        objects.forEach(object -> each(object, seen));
    }

    private static void each(JsonNode node, BiConsumer<String, JsonNode> seen) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            seen.accept(member.getKey(), member.getValue());
        }
        node.forEach(child -> each(child, seen));
    }

    private static JsonNode withoutOwn(JsonNode node) {
        if (node.isArray()) {
            ArrayNode copy = MAPPER.createArrayNode();
            node.forEach(element -> copy.add(withoutOwn(element)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = MAPPER.createObjectNode();
        node.properties().forEach(member -> {
            boolean own = OWN.matcher(member.getKey()).matches()
                    && !member.getValue().asText().startsWith("call_");
            if (!own) {
                copy.set(member.getKey(), withoutOwn(member.getValue()));
            }
        });
        return copy;
    }
}
