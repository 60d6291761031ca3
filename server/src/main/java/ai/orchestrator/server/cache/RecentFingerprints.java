package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.Caller;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelIdentity;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;

/**
 * Fingerprints of requests that came lately. Two requests that are equal as values have one fingerprint, and to compare them costs less than to write
 * them out and digest that.
 */
final class RecentFingerprints {
    /** In characters and bytes, as {@link #size} counts them. */
    private static final int LONGEST = 16 << 10;

    private static final int MOST = 1 << 20;

    private final Cache<Asked, RequestFingerprint> known = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((Asked asked, RequestFingerprint ignored) -> (int) size(asked.request))
            .build();

    /** @param request as nobody's call, so that calls of the same are equal */
    private record Asked(ChatRequest request, ModelIdentity model, String scope) {}

    RequestFingerprint of(ChatRequest request, ModelIdentity model, String scope) {
        if (size(request) > LONGEST) {
            return CanonicalRequest.fingerprint(request, model, scope);
        }
        Asked asked = new Asked(request.as("", CacheControl.DEFAULT, Caller.ANYBODY), model, scope);
        RequestFingerprint fingerprint = known.getIfPresent(asked);
        if (fingerprint == null) {
            fingerprint = CanonicalRequest.fingerprint(request, model, scope);
            known.put(asked, fingerprint);
        }
        return fingerprint;
    }

    /** What a request takes of memory, more or less. */
    private static long size(ChatRequest request) {
        long size = 100;
        if (request.format() instanceof ResponseFormat.JsonSchema(String schema)) {
            size += schema.length();
        }
        for (ToolDefinition tool : request.tools()) {
            size += tool.description().length() + tool.parametersJson().length();
        }
        for (String json : request.extra().values()) {
            size += json.length();
        }
        return switch (request.prompt()) {
            case Prompt.Chat(List<Message> messages) -> {
                for (Message message : messages) {
                    size += size(message);
                }
                yield size;
            }
            case Prompt.Raw(String text) -> size + text.length();
            case Prompt.Insert(String prefix, String suffix) -> size + prefix.length() + suffix.length();
        };
    }

    private static long size(Message message) {
        long size = message.content().length() + message.thinking().length();
        for (Image image : message.images()) {
            size += image.data().length;
        }
        for (ToolCall call : message.toolCalls()) {
            size += call.argumentsJson().length();
        }
        return size;
    }
}
