package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a client asks, in one form for all surfaces. A surface has filled in the defaults that are its own; those of the model are absent.
 *
 * @param requestId unique; also sent to the client as {@code X-Request-Id}
 * @param model the model's name as the client spelled it; {@code auto} to be routed
 * @param topLogprobs as in {@link ModelRequest#topLogprobs}
 * @param keepAlive how long a local model stays loaded afterwards; not part of the cache key
 * @param extra members of the request that this server does not know, each as canonical JSON text: they may change the answer, so they are
 *     part of the cache key
 * @param stream whether the client reads piece by piece; not part of the cache key
 */
public record ChatRequest(
        String requestId,
        String model,
        Prompt prompt,
        SamplingOptions options,
        ResponseFormat format,
        List<ToolDefinition> tools,
        ToolChoice toolChoice,
        Thinking thinking,
        OptionalInt topLogprobs,
        Overflow overflow,
        Optional<Duration> keepAlive,
        Map<String, String> extra,
        CacheControl cacheControl,
        Caller caller,
        boolean stream) {

    public ChatRequest {
        tools = List.copyOf(tools);
        extra = Map.copyOf(extra);
    }

    /** A request with every choice at its default. */
    public static ChatRequest of(String requestId, String model, Prompt prompt) {
        return new ChatRequest(
                requestId,
                model,
                prompt,
                SamplingOptions.defaults(),
                ResponseFormat.text(),
                List.of(),
                ToolChoice.AUTO,
                Thinking.UNSET,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.empty(),
                Map.of(),
                CacheControl.DEFAULT,
                Caller.ANYBODY,
                false);
    }

    /** The same request as one call of it: by whom, under which id, and with what is asked of the cache. */
    public ChatRequest as(String id, CacheControl control, Caller by) {
        return new ChatRequest(
                id,
                model,
                prompt,
                options,
                format,
                tools,
                toolChoice,
                thinking,
                topLogprobs,
                overflow,
                keepAlive,
                extra,
                control,
                by,
                stream);
    }

    /** Whether the client leaves the choice of the model to this server. */
    public boolean routed() {
        return ModelName.isAuto(model);
    }

    /** The last user message's text, or the whole text of a prompt without messages; may be empty. */
    public String question() {
        return switch (prompt) {
            case Prompt.Chat(List<Message> messages) ->
                messages.reversed().stream()
                        .filter(message -> message.role().equals("user"))
                        .findFirst()
                        .map(Message::content)
                        .orElse("");
            case Prompt.Raw(String text) -> text;
            case Prompt.Insert(String prefix, String ignored) -> prefix;
        };
    }

    /** The same request under another cache control. */
    public ChatRequest withCacheControl(CacheControl other) {
        return as(requestId, other, caller);
    }

    /** The same request by another caller. */
    public ChatRequest withCaller(Caller other) {
        return as(requestId, cacheControl, other);
    }

    /** The call of one model that answers this request, with the prompt as enriched. */
    public ModelRequest toModelRequest(String target, Prompt enriched, Optional<Duration> deadline) {
        return new ModelRequest(
                requestId,
                target,
                enriched,
                options,
                format,
                tools,
                toolChoice,
                thinking,
                topLogprobs,
                overflow,
                keepAlive,
                deadline);
    }
}
