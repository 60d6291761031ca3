package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.orchestration.ChatRequest;

/** About how many tokens a request has, for a reply that begins before the model has counted them. */
final class PromptSize {
    private static final int CHARS_PER_TOKEN = 4;

    private PromptSize() {}

    /** At least 1. */
    static int tokens(ChatRequest request) {
        long chars = 0;
        if (request.prompt() instanceof Prompt.Chat chat) {
            for (Message message : chat.messages()) {
                chars += message.role().length()
                        + message.content().length()
                        + message.thinking().length();
                for (ToolCall call : message.toolCalls()) {
                    chars += call.name().length() + call.argumentsJson().length();
                }
            }
        }
        for (ToolDefinition tool : request.tools()) {
            chars += tool.name().length()
                    + tool.description().length()
                    + tool.parametersJson().length();
        }
        return Math.clamp(chars / CHARS_PER_TOKEN, 1, Integer.MAX_VALUE);
    }
}
