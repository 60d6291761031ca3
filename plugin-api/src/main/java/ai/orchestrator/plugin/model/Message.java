package ai.orchestrator.plugin.model;

import java.util.List;

/**
 * One turn of a conversation. Texts and lists are empty where there is nothing.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, {@code tool} or another lower-case name that the template knows
 * @param thinking what the assistant thought before it answered
 * @param toolCalls what the assistant asked for
 * @param toolName which tool a {@code tool} message answers for
 * @param toolCallId which call a {@code tool} message answers
 */
public record Message(
        String role,
        String content,
        String thinking,
        List<Image> images,
        List<ToolCall> toolCalls,
        String toolName,
        String toolCallId) {
    public Message {
        images = List.copyOf(images);
        toolCalls = List.copyOf(toolCalls);
    }

    /** A message of text alone. */
    public static Message of(String role, String content) {
        return new Message(role, content, "", List.of(), List.of(), "", "");
    }

    /** The same message with another text. */
    public Message withContent(String other) {
        return new Message(role, other, thinking, images, toolCalls, toolName, toolCallId);
    }
}
