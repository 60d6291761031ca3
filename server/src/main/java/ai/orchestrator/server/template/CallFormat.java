package ai.orchestrator.server.template;

import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** How a model writes a tool call. */
sealed interface CallFormat {
    /** Reads calls strictly: what only begins like JSON is none. */
    ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What begins a call; empty where nothing but the JSON does. */
    String marker();

    /**
     * A JSON object with the tool's name and its arguments, or an array of such.
     *
     * @param nameKey the member with the name
     * @param argumentsKey the member with the arguments
     */
    record Object(String marker, String nameKey, String argumentsKey) implements CallFormat {
        /** What models write that were taught nothing else. */
        static final Object USUAL = new Object("", "name", "arguments");

        /** The calls that a JSON text is; empty if it is none. */
        List<ToolCall> read(String json) {
            try {
                JsonNode node = MAPPER.readTree(json);
                List<ToolCall> calls = new ArrayList<>();
                if (!node.isArray()) {
                    return one(node).map(List::of).orElse(List.of());
                }
                for (JsonNode element : node) {
                    Optional<ToolCall> call = one(element);
                    if (call.isEmpty()) {
                        return List.of();
                    }
                    calls.add(call.get());
                }
                return calls;
            } catch (JsonProcessingException e) {
                return List.of();
            }
        }

        private Optional<ToolCall> one(JsonNode node) {
            JsonNode call = node.path("function").isObject() ? node.path("function") : node;
            JsonNode name = call.path(nameKey);
            if (!name.isTextual()) {
                return Optional.empty();
            }
            for (String key : new LinkedHashSet<>(List.of(argumentsKey, "arguments", "parameters"))) {
                Optional<String> arguments = arguments(call.path(key));
                if (arguments.isPresent()) {
                    return Optional.of(new ToolCall("", name.textValue(), arguments.get()));
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The tool's name as it stands, then its arguments as a JSON object.
     *
     * @param separator what stands between the two; may be empty
     */
    record Named(String marker, String separator) implements CallFormat {
        /** The name in the text before the arguments; empty if that is not all. */
        Optional<String> name(String before) {
            String text = before.strip();
            if (!text.endsWith(separator)) {
                return Optional.empty();
            }
            String name = text.substring(0, text.length() - separator.length()).strip();
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        }

        /** The call of a tool with a JSON text. */
        Optional<ToolCall> read(String name, String json) {
            try {
                return arguments(MAPPER.readTree(json)).map(arguments -> new ToolCall("", name, arguments));
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
        }
    }

    /** The arguments as JSON text; some models write the text itself as a string. */
    private static Optional<String> arguments(JsonNode node) {
        if (node.isObject()) {
            return Optional.of(node.toString());
        }
        if (!node.isTextual()) {
            return Optional.empty();
        }
        try {
            JsonNode inner = MAPPER.readTree(node.textValue());
            return inner.isObject() ? Optional.of(inner.toString()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
