package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.orchestration.ChatRequest;
import java.util.List;

/**
 * How many tokens a prompt has, by the length of its UTF-8: no remote model's tokenizer is known here. English has about four bytes a token, other
 * scripts three to five, numbers and code two to three.
 */
record PromptTokens(long bytes, int messages, int images) {
    private static final int MOST_PER_MESSAGE = 16;
    private static final int LIKELY_PER_IMAGE = 1_000;
    private static final int MOST_PER_IMAGE = 3_000;

    /** @param prompt as the model is given it, evidence included */
    static PromptTokens of(ChatRequest request, Prompt prompt) {
        long bytes = 0;
        for (ToolDefinition tool : request.tools()) {
            bytes += utf8(tool.name()) + utf8(tool.description()) + utf8(tool.parametersJson());
        }
        if (request.format() instanceof ResponseFormat.JsonSchema(String schema)) {
            bytes += utf8(schema);
        }
        return switch (prompt) {
            case Prompt.Raw(String text) -> new PromptTokens(bytes + utf8(text), 1, 0);
            case Prompt.Insert(String prefix, String suffix) ->
                new PromptTokens(bytes + utf8(prefix) + utf8(suffix), 1, 0);
            case Prompt.Chat(List<Message> messages) -> chat(messages, bytes);
        };
    }

    private static PromptTokens chat(List<Message> messages, long tools) {
        long bytes = tools;
        int images = 0;
        for (Message message : messages) {
            bytes += utf8(message.content()) + utf8(message.thinking());
            for (ToolCall call : message.toolCalls()) {
                bytes += utf8(call.name()) + utf8(call.argumentsJson());
            }
            images += message.images().size();
        }
        return new PromptTokens(bytes, messages.size(), images);
    }

    /** The likely number, at four bytes a token. */
    int likely() {
        return capped(Math.ceilDiv(bytes, 4) + (long) images * LIKELY_PER_IMAGE);
    }

    /** More than it is in all likelihood: at two bytes a token, and with what a chat's form adds. */
    int most() {
        return capped(Math.ceilDiv(bytes, 2) + (long) messages * MOST_PER_MESSAGE + (long) images * MOST_PER_IMAGE);
    }

    private static int capped(long tokens) {
        return (int) Math.min(tokens, Integer.MAX_VALUE);
    }

    private static long utf8(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
