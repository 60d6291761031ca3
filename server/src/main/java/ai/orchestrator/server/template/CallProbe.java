package ai.orchestrator.server.template;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.template.language.TemplateException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out how a model writes a tool call: as its template shows it the calls of earlier turns. */
final class CallProbe {
    private static final String NAME = "probe_name";
    private static final String KEY = "probe_key";
    private static final String ARGUMENTS = "{\"" + KEY + "\":\"probe_value\"}";

    /** Private use: no template begins a call with it. */
    private static final String ANSWER = "\ue000";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CallProbe() {}

    /** The template's format; the usual one where it shows none. */
    static CallFormat format(PromptTemplate template) {
        try {
            return find(
                            render(template, "", List.of(new ToolCall("", NAME, ARGUMENTS))),
                            render(template, ANSWER, List.of()))
                    .orElse(CallFormat.Object.USUAL);
        } catch (TemplateException e) {
            return CallFormat.Object.USUAL;
        }
    }

    private static String render(PromptTemplate template, String answer, List<ToolCall> calls) {
        Message asked = Message.of("user", "question");
        Message answered = new Message("assistant", answer, "", List.of(), calls, "", "");
        ToolDefinition tool = new ToolDefinition(NAME, "", "{\"type\":\"object\",\"properties\":{}}");
        return template.render(List.of(asked, answered), List.of(tool), Thinking.OFF);
    }

    /** The call begins where the two answers begin to differ. */
    private static Optional<CallFormat> find(String withCall, String withText) {
        int start = 0;
        while (start < Math.min(withCall.length(), withText.length())
                && withCall.charAt(start) == withText.charAt(start)) {
            start++;
        }
        int name = withCall.indexOf(NAME, start);
        if (name < 0) {
            return Optional.empty();
        }
        for (int i = start; i < name; i++) {
            Optional<JsonNode> json =
                    jsonAt(withCall, i).filter(node -> node.toString().contains(NAME));
            if (json.isPresent()) {
                String marker = withCall.substring(start, i).strip();
                return json.flatMap(CallProbe::callIn)
                        .map(call -> new CallFormat.Object(marker, call.name, call.arguments));
            }
        }
        return named(withCall, start, name);
    }

    private static Optional<CallFormat> named(String withCall, int start, int name) {
        String marker = withCall.substring(start, name).strip();
        int arguments = withCall.indexOf("{", name);
        boolean found = arguments >= 0
                && jsonAt(withCall, arguments).filter(node -> node.has(KEY)).isPresent();
        if (marker.isEmpty() || !found) {
            return Optional.empty();
        }
        String separator = withCall.substring(name + NAME.length(), arguments).strip();
        return Optional.of(new CallFormat.Named(marker, separator));
    }

    /** The names of the two members. */
    private record Keys(String name, String arguments) {}

    private static Optional<Keys> callIn(JsonNode node) {
        String name = "";
        String arguments = "";
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            JsonNode value = member.getValue();
            if (value.isTextual() && value.textValue().equals(NAME)) {
                name = member.getKey();
            } else if (value.has(KEY) || (value.isTextual() && value.textValue().contains(KEY))) {
                arguments = member.getKey();
            }
        }
        if (!name.isEmpty() && !arguments.isEmpty()) {
            return Optional.of(new Keys(name, arguments));
        }
        for (JsonNode inner : node) {
            Optional<Keys> found = callIn(inner);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The JSON object or array that begins at an offset, whatever follows it. */
    private static Optional<JsonNode> jsonAt(String text, int offset) {
        if (text.charAt(offset) != '{' && text.charAt(offset) != '[') {
            return Optional.empty();
        }
        try (JsonParser parser = MAPPER.createParser(text.substring(offset))) {
            return Optional.ofNullable(MAPPER.<JsonNode>readTree(parser));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be read", e);
        }
    }
}
