package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds tool calls in what a model writes, by the forms that most models were taught: {@code <tool_call>} of Hermes and Qwen,
 * {@code [TOOL_CALLS]} of Mistral, and the bare JSON of Llama 3. From where a call may begin on, text is held back to the end.
 */
final class ToolCallText {
    /** What begins a call, and tokens of their names. */
    static final List<String> MARKS =
            List.of("<tool_call>", "</tool_call>", "[TOOL_CALLS]", "[ARGS]", "<|python_tag|>");

    private static final List<String> BEGINNINGS = List.of("<tool_call>", "[TOOL_CALLS]", "<|python_tag|>");

    private final Set<String> tools;
    private final StringBuilder held = new StringBuilder();
    private boolean begun;
    private boolean calling;

    private ToolCallText(Set<String> tools) {
        this.tools = tools;
    }

    /**
     * What is left at an answer's end.
     *
     * @param text that turned out to be no call
     */
    record Rest(String text, List<ToolCall> calls) {}

    /** For an answer that may call these. */
    static ToolCallText of(List<ToolDefinition> tools) {
        return new ToolCallText(tools.stream().map(ToolDefinition::name).collect(Collectors.toUnmodifiableSet()));
    }

    /** For an answer that is text, whatever it looks like. */
    static ToolCallText none() {
        return new ToolCallText(Set.of());
    }

    /** Takes the next piece and gives what is certain to be text. */
    String accept(String piece) {
        if (tools.isEmpty()) {
            return piece;
        }
        held.append(piece);
        if (!begun && !held.toString().isBlank()) {
            begun = true;
            char first = held.toString().stripLeading().charAt(0);
            calling = first == '{' || first == '[';
        }
        if (calling || !begun) {
            return "";
        }
        for (String mark : BEGINNINGS) {
            int at = held.indexOf(mark);
            if (at >= 0) {
                calling = true;
                return take(at);
            }
        }
        return take(held.length() - beginningOfAMark());
    }

    /** The calls, now that the answer has ended, or the text that was held back for none. */
    Rest rest() {
        List<ToolCall> calls = calling ? ToolCallReader.read(held.toString(), tools) : List.of();
        return calls.isEmpty() ? new Rest(take(held.length()), List.of()) : new Rest("", calls);
    }

    private int beginningOfAMark() {
        int longest = 0;
        for (String mark : BEGINNINGS) {
            for (int length = Math.min(mark.length() - 1, held.length()); length > longest; length--) {
                if (held.indexOf(mark.substring(0, length), held.length() - length) >= 0) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }
}
