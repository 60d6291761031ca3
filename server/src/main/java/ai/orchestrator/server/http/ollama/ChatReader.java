package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.UnknownMembers;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.Caller;
import ai.orchestrator.server.orchestration.ChatRequest;
import java.util.List;
import java.util.Set;

/** Reads a conversation as {@code /api/chat} takes it. */
public final class ChatReader {
    private static final Set<String> KNOWN =
            RequestFields.known("model", "messages", "tools", "format", "options", "think");

    private ChatReader() {}

    /**
     * What a body asks, whoever sent it.
     *
     * @throws HttpProblem if a member has the wrong type
     */
    public static ChatRequest read(JsonObject body, String model, List<Message> messages) {
        return new ChatRequest(
                "",
                model,
                new Prompt.Chat(messages),
                OptionsReader.read(body),
                RequestFields.format(body),
                ToolReader.tools(body),
                ToolChoice.AUTO,
                RequestFields.think(body),
                RequestFields.topLogprobs(body),
                RequestFields.overflow(body),
                KeepAlive.of(body),
                UnknownMembers.of(body, KNOWN),
                CacheControl.DEFAULT,
                Caller.ANYBODY,
                body.bool("stream").orElse(true));
    }
}
