package ai.orchestrator.server.template;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.ToolChoice.Mode;
import ai.orchestrator.plugin.model.ToolDefinition;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A tool call that the model has to make. It is held to {@link CallFormat.Object#USUAL} by a schema, whatever it was taught. */
final class DemandedCall {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Where the parts of a schema stand that its references lead to, from the root of the whole. */
    private static final List<String> SHARED = List.of("$defs", "definitions");

    private DemandedCall() {}

    static boolean isIn(ModelRequest request) {
        Mode mode = request.toolChoice().mode();
        return !request.tools().isEmpty() && (mode == Mode.REQUIRED || mode == Mode.NAMED);
    }

    /** What the answer has to look like. */
    static ResponseFormat form(ModelRequest request) {
        List<ToolDefinition> callable = request.tools().stream()
                .filter(tool -> request.toolChoice().mode() == Mode.REQUIRED
                        || tool.name().equals(request.toolChoice().tool()))
                .toList();
        if (callable.isEmpty()) {
            throw invalid(
                    "the tool '" + request.toolChoice().tool() + "' that has to be called is not among the tools");
        }
        ObjectNode whole = MAPPER.createObjectNode();
        ArrayNode calls = whole.putArray("anyOf");
        for (ToolDefinition tool : callable) {
            ObjectNode call = calls.addObject().put("type", "object");
            ObjectNode members = call.putObject("properties");
            members.putObject("name").put("const", tool.name());
            members.set("arguments", arguments(tool, whole));
            call.putArray("required").add("name").add("arguments");
        }
        return new ResponseFormat.JsonSchema(whole.toString());
    }

    private static JsonNode arguments(ToolDefinition tool, ObjectNode whole) {
        try {
            if (MAPPER.readTree(tool.parametersJson()) instanceof ObjectNode schema) {
                for (String shared : SHARED) {
                    if (schema.remove(shared) instanceof ObjectNode parts) {
                        whole.withObjectProperty(shared).setAll(parts);
                    }
                }
                return schema.isEmpty() ? schema.put("type", "object") : schema;
            }
        } catch (JsonProcessingException e) {
            // told below
        }
        throw invalid("the parameters of tool '" + tool.name() + "' are not a JSON Schema object");
    }

    private static PluginFailure invalid(String message) {
        return new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, message);
    }
}
