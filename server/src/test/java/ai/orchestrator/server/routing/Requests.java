package ai.orchestrator.server.routing;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.orchestration.Caller;
import ai.orchestrator.server.orchestration.ChatRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests that rules tell apart. */
final class Requests {
    private Requests() {}

    static ChatRequest named(String model) {
        return asking(model, "Why is the sky blue?");
    }

    static ChatRequest asking(String model, String question) {
        return ChatRequest.of("r1", model, Prompt.user(question));
    }

    static ChatRequest from(String tenant, Map<String, String> headers) {
        return with(
                named("mistral"),
                SamplingOptions.defaults(),
                ResponseFormat.text(),
                List.of(),
                new Caller(tenant, headers));
    }

    static ChatRequest atTemperature(double temperature) {
        SamplingOptions options =
                SamplingOptions.builder().temperature(temperature).build();
        return with(named("mistral"), options, ResponseFormat.text(), List.of(), Caller.ANYBODY);
    }

    static ChatRequest inFormat(ResponseFormat format) {
        return with(named("mistral"), SamplingOptions.defaults(), format, List.of(), Caller.ANYBODY);
    }

    static ChatRequest withTool() {
        return with(
                named("mistral"),
                SamplingOptions.defaults(),
                ResponseFormat.text(),
                List.of(new ToolDefinition("clock", "", "{}")),
                Caller.ANYBODY);
    }

    static ChatRequest withImage() {
        Message message =
                new Message("user", "What is this?", "", List.of(new Image(new byte[] {1})), List.of(), "", "");
        return ChatRequest.of("r1", "mistral", new Prompt.Chat(List.of(message)));
    }

    static Optional<Classification> verdict(Complexity complexity) {
        return verdict(complexity, 0.9);
    }

    static Optional<Classification> verdict(Complexity complexity, double confidence) {
        return Optional.of(new Classification(complexity, confidence, List.of()));
    }

    private static ChatRequest with(
            ChatRequest base,
            SamplingOptions options,
            ResponseFormat format,
            List<ToolDefinition> tools,
            Caller caller) {
        return new ChatRequest(
                base.requestId(),
                base.model(),
                base.prompt(),
                options,
                format,
                tools,
                base.toolChoice(),
                base.thinking(),
                base.topLogprobs(),
                base.overflow(),
                base.keepAlive(),
                base.extra(),
                base.cacheControl(),
                caller,
                base.stream());
    }
}
