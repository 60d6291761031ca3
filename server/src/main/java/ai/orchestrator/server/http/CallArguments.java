package ai.orchestrator.server.http;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** What a model calls a tool with. */
public final class CallArguments {
    private CallArguments() {}

    /**
     * The arguments, in the model's order.
     *
     * @throws PluginFailure if they are no JSON object
     */
    public static ObjectNode of(ToolCall call) {
        try {
            JsonNode arguments = ExactJson.read(call.argumentsJson());
            if (arguments instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException ignored) {
            // told below
        }
        throw new PluginFailure.Permanent(
                FailureCode.BAD_REPLY, "the model called a tool with arguments that are not a JSON object");
    }
}
