package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.digest.Digests;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelIdentity;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as bytes that are equal exactly when the answers may be. Every field that can change the answer is written, in a fixed
 * order, each with its length before it, so that no two requests run together; defaults are filled in, JSON texts are in canonical form.
 * What is left out: {@code stream}, {@code keepAlive}, the request's id, cache directives and the caller beyond the scope.
 */
final class CanonicalRequest {
    /** Changes whenever the form does: entries under the old form are then never found. */
    private static final String VERSION = "request/3";

    private final CanonicalBytes out = new CanonicalBytes();

    private CanonicalRequest() {}

    /** The fingerprint of a request to a model, as the callers of one scope share it. */
    static RequestFingerprint fingerprint(ChatRequest request, ModelIdentity model, String scope) {
        CanonicalRequest canonical = new CanonicalRequest();
        canonical.write(request, model, scope);
        ByteBuffer md5 = ByteBuffer.wrap(canonical.out.digest(Digests.md5()));
        return new RequestFingerprint(
                new CacheKey(md5.getLong(), md5.getLong()), canonical.out.digest(Digests.sha256()));
    }

    private void write(ChatRequest request, ModelIdentity model, String scope) {
        out.text(VERSION).text(scope).text(model.name()).texts(model.digests());
        switch (request.prompt()) {
            case Prompt.Chat(List<Message> messages) -> {
                out.text("chat").count(messages.size());
                messages.forEach(this::message);
            }
            case Prompt.Raw(String text) -> out.text("raw").text(text);
            case Prompt.Insert(String prefix, String suffix) ->
                out.text("insert").text(prefix).text(suffix);
        }
        CanonicalOptions.write(request.options(), model.defaults().map(ModelIdentity.Defaults::options), out);
        switch (request.format()) {
            case ResponseFormat.Text() -> out.text("text");
            case ResponseFormat.Json() -> out.text("json");
            case ResponseFormat.JsonSchema(String schema) -> out.text("schema").text(CanonicalJson.of(schema));
        }
        out.count(request.tools().size());
        request.tools().forEach(this::tool);
        out.text(request.toolChoice().mode().name()).text(request.toolChoice().tool());
        out.text(thinking(request.thinking(), model.defaults()).name());
        out.count(request.topLogprobs().orElse(-1));
        out.count(request.overflow().truncatePrompt() ? 1 : 0);
        out.count(request.overflow().shiftContext() ? 1 : 0);
        out.count(request.extra().size());
        new TreeMap<>(request.extra()).forEach((name, json) -> out.text(name).text(CanonicalJson.of(json)));
    }

    private void message(Message message) {
        out.text(message.role()).text(message.content()).text(message.thinking());
        out.count(message.images().size());
        for (Image image : message.images()) {
            out.bytes(Digests.sha256().digest(image.data()));
        }
        out.count(message.toolCalls().size());
        for (ToolCall call : message.toolCalls()) {
            out.text(call.id()).text(call.name()).text(CanonicalJson.of(call.argumentsJson()));
        }
        out.text(message.toolName()).text(message.toolCallId());
    }

    private void tool(ToolDefinition tool) {
        out.text(tool.name()).text(tool.description()).text(CanonicalJson.of(tool.parametersJson()));
    }

    /** A model that can think does unless told not to; one that cannot does not, whatever it is told. What one elsewhere does is its own. */
    private static Thinking thinking(Thinking asked, Optional<ModelIdentity.Defaults> defaults) {
        if (defaults.isEmpty()) {
            return asked;
        }
        if (!defaults.get().thinks()) {
            return Thinking.OFF;
        }
        return asked == Thinking.UNSET ? Thinking.ON : asked;
    }
}
