package ai.orchestrator.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A chat request as the scripted model reads it. */
record ScriptedRequest(JsonNode body) {
    String model() {
        return body.path("model").asText();
    }

    /** About as many tokens as the request has. */
    int words() {
        return body.path("messages").toString().split("\\W+").length;
    }

    /** What the user said last. */
    String question() {
        String question = "";
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asText().equals("user")) {
                question = text(message.path("content"));
            }
        }
        return question;
    }

    /** The results of tools that came after the last question. */
    List<String> toolResults() {
        List<String> results = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            switch (message.path("role").asText()) {
                case "user" -> results.clear();
                case "tool" -> results.add(text(message.path("content")));
                default -> {}
            }
        }
        return results;
    }

    /** How many images the conversation has. */
    int images() {
        return body.path("messages").findValues("image_url").size();
    }

    /** The tools on offer: each an object with name and parameters. */
    List<JsonNode> tools() {
        List<JsonNode> tools = new ArrayList<>();
        body.path("tools").forEach(tool -> tools.add(tool.path("function")));
        return tools;
    }

    /** Whether the answer has to be JSON. */
    boolean wantsJson() {
        return body.path("response_format").path("type").asText().startsWith("json");
    }

    /** Whether the JSON has to have this member. */
    boolean wantsMember(String name) {
        return body.path("response_format")
                .path("json_schema")
                .at("/schema/properties")
                .has(name);
    }

    /** The most tokens that the answer may have. */
    int limit() {
        return body.path("max_tokens").asInt(Integer.MAX_VALUE);
    }

    List<String> stops() {
        List<String> stops = new ArrayList<>();
        body.path("stop").forEach(stop -> stops.add(stop.asText()));
        return stops;
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }
}
