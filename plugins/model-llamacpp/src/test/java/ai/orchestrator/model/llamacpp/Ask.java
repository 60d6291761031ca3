package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.model.llamacpp.worker.Call;
import ai.orchestrator.model.llamacpp.worker.Reply;
import ai.orchestrator.model.llamacpp.worker.Wire;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.testkit.ModelEventRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Asks a provider. */
final class Ask {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Ask() {}

    /** Options that give the same answer each time. */
    static SamplingOptions.Builder fixed(int numPredict) {
        return SamplingOptions.builder().temperature(0).seed(1).numPredict(numPredict);
    }

    static ModelRequest raw(String model, String text, SamplingOptions.Builder options) {
        return ModelRequest.of("test", model, new Prompt.Raw(text)).withOptions(options.build());
    }

    static ModelRequest chat(String model, SamplingOptions.Builder options, Message... messages) {
        return ModelRequest.of("test", model, new Prompt.Chat(List.of(messages)))
                .withOptions(options.build());
    }

    static ModelRequest withTimes(ModelRequest request, Optional<Duration> keepAlive, Optional<Duration> deadline) {
        return new ModelRequest(
                request.requestId(),
                request.model(),
                request.prompt(),
                request.options(),
                request.format(),
                request.tools(),
                request.toolChoice(),
                request.thinking(),
                request.topLogprobs(),
                request.overflow(),
                keepAlive,
                deadline);
    }

    static ModelRequest withLogprobs(ModelRequest request) {
        return new ModelRequest(
                request.requestId(),
                request.model(),
                request.prompt(),
                request.options(),
                request.format(),
                request.tools(),
                request.toolChoice(),
                request.thinking(),
                OptionalInt.of(0),
                request.overflow(),
                request.keepAlive(),
                request.deadline());
    }

    static ModelEventRecorder answer(LlamaCppProvider provider, ModelRequest request) {
        ModelEventRecorder events = new ModelEventRecorder();
        provider.stream(request, events);
        events.finished();
        return events;
    }

    static PluginFailure failure(LlamaCppProvider provider, ModelRequest request) {
        PluginFailure failure =
                catchThrowableOfType(PluginFailure.class, () -> provider.stream(request, new ModelEventRecorder()));
        if (failure == null) {
            throw new AssertionError("the call did not fail");
        }
        return failure;
    }

    /** The tokens that a prompt is to the model, which is loaded. */
    static List<Integer> tokens(LlamaCppProvider provider, String model, Call.Input input) throws IOException {
        return ((Reply.Tokens) call(provider, model, new Call.Tokenize(input))).ids();
    }

    static List<Integer> tokens(LlamaCppProvider provider, String model, Message... messages) throws IOException {
        List<Call.Turn> turns = new ArrayList<>();
        for (Message message : messages) {
            turns.add(new Call.Turn(message.role(), message.content()));
        }
        return tokens(provider, model, new Call.Input(turns, ""));
    }

    /** How many tokens a model's worker has written. */
    static long written(LlamaCppProvider provider, String model) throws IOException {
        return ((Reply.Counted) call(provider, model, new Call.Count())).tokens();
    }

    private static Reply call(LlamaCppProvider provider, String model, Call call) throws IOException {
        try (Wire wire = ((WorkerProcess) provider.worker(model).orElseThrow()).connect()) {
            wire.send(call);
            return wire.receive(Reply.class).orElseThrow();
        }
    }

    /** Waits until something is so. */
    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited in vain: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
