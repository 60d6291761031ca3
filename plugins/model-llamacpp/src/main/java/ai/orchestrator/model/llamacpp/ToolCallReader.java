package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the JSON of calls out of a text that may have marks, and prose, around it. */
final class ToolCallReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> ARGUMENTS = List.of("arguments", "parameters");

    /** Newer models of Mistral put the name before the arguments. */
    private static final Pattern NAME_FIRST =
            Pattern.compile("\\[TOOL_CALLS]\\s*([\\w.-]{1,128})\\s*(?:\\[ARGS])?\\s*(?=\\{)");

    private ToolCallReader() {}

    /** @param tools the names of those that may be called; what is none of them is no call */
    static List<ToolCall> read(String text, Set<String> tools) {
        List<ToolCall> calls = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int begin = nextValue(text, at);
            if (begin < 0) {
                break;
            }
            Matcher named = NAME_FIRST.matcher(text).region(at, begin + 1).useTransparentBounds(true);
            String name = named.find() ? named.group(1) : "";
            int length = take(text.substring(begin), name, tools, calls);
            at = begin + Math.max(1, length);
        }
        return List.copyOf(calls);
    }

    private static int nextValue(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean mark = text.startsWith("[TOOL_CALLS]", i) || text.startsWith("[ARGS]", i);
            if (c == '{' || (c == '[' && !mark)) {
                return i;
            }
        }
        return -1;
    }

    /** Takes the call or calls that a text begins with, and gives their length; 0 if it begins with none. */
    private static int take(String text, String name, Set<String> tools, List<ToolCall> calls) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonNode value = JSON.readTree(parser);
            if (!name.isEmpty() && tools.contains(name) && value.isObject()) {
                calls.add(new ToolCall("", name, value.toString()));
            } else if (value.isArray()) {
                value.forEach(each -> add(each, tools, calls));
            } else {
                add(value, tools, calls);
            }
            return (int) parser.currentLocation().getCharOffset();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void add(JsonNode value, Set<String> tools, List<ToolCall> calls) {
        JsonNode call = value.path("function").isObject() ? value.path("function") : value;
        String name = call.path("name").asText();
        if (!tools.contains(name)) {
            return;
        }
        for (String member : ARGUMENTS) {
            if (call.path(member).isObject()) {
                calls.add(new ToolCall(
                        value.path("id").asText(""), name, call.path(member).toString()));
                return;
            }
        }
    }
}
