package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.worker.Call;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts questions into the worker's terms. */
final class Calls {
    private final Grammars grammars;

    Calls(Grammars grammars) {
        this.grammars = grammars;
    }

    /**
     * The worker's call for a question.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if the format is none that an answer can be held to
     */
    Call.Generate generate(Question question) {
        CheckedOptions options = question.options();
        return new Call.Generate(
                input(question),
                options.sampling(),
                options.limit(),
                options.stops(),
                question.mustCall()
                        ? grammars.ofCall(question.callable())
                        : grammars.of(question.request().format()),
                question.mayCall() ? ToolCallText.MARKS : List.of(),
                question.request().overflow().shiftContext(),
                // what was asked to be repeatable is computed the same way each time, from the start
                !options.repeatable());
    }

    /** What the model reads. */
    static Call.Input input(Question question) {
        return switch (question.request().prompt()) {
            case Prompt.Chat chat ->
                new Call.Input(
                        chat.messages().stream().map(Calls::turn).toList(),
                        "",
                        question.callable().stream().map(Calls::tool).toList(),
                        question.model().facts().thinksInMarks(),
                        // an answer that is held to a form from its start has no room for thoughts
                        question.isThoughtAbout() && question.isFreeText() && !question.mustCall());
            case Prompt.Raw raw -> new Call.Input(List.of(), raw.text());
            case Prompt.Insert insert -> throw Refusals.unsupported("insert is not supported");
        };
    }

    private static Call.Turn turn(Message message) {
        Map<String, Object> more = new LinkedHashMap<>();
        if (!message.toolCalls().isEmpty()) {
            more.put("tool_calls", message.toolCalls().stream().map(Calls::call).toList());
        }
        if (!message.toolCallId().isEmpty()) {
            more.put("tool_call_id", message.toolCallId());
        }
        if (!message.toolName().isEmpty()) {
            more.put("name", message.toolName());
        }
        return new Call.Turn(message.role(), message.content(), more);
    }

    private static Map<String, Object> call(ToolCall call) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("id", call.id());
        written.put("type", "function");
        written.put("function", Map.of("name", call.name(), "arguments", call.argumentsJson()));
        return written;
    }

    private static Map<String, Object> tool(ToolDefinition tool) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", tool.name());
        function.put("description", tool.description());
        function.put("parameters", Schemas.map(Schemas.ofTool(tool)));
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("type", "function");
        written.put("function", function);
        return written;
    }
}
