package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Overflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens at the end of the context. */
class OverflowTest {
    private static final String MODEL = "tiny:latest";
    private static final int CONTEXT = 256;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void the_oldest_messages_are_left_out_and_the_systems_and_the_last_stay(On engine) {
        try (LlamaCppProvider provider = open(engine)) {
            List<Message> messages = new ArrayList<>();
            messages.add(Message.of("system", "s".repeat(50)));
            for (int i = 0; i < 40; i++) {
                messages.add(Message.of(i % 2 == 0 ? "user" : "assistant", "m".repeat(40)));
            }
            messages.add(Message.of("user", "last"));
            ModelRequest request = Ask.chat(MODEL, Ask.fixed(4), messages.toArray(Message[]::new));
            int left = Ask.answer(provider, request).finished().usage().promptTokens();

            assertThat(left).isBetween(CONTEXT / 2, CONTEXT - 1);
            assertThat(Ask.failure(provider, with(request, new Overflow(false, false)))
                            .code())
                    .isEqualTo(FailureCode.CONTEXT_LENGTH);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_last_message_that_is_too_long_alone_is_refused(On engine) {
        try (LlamaCppProvider provider = open(engine)) {
            ModelRequest request = Ask.chat(
                    MODEL, Ask.fixed(4), Message.of("user", "first"), Message.of("user", "x".repeat(2 * CONTEXT)));
            assertThat(Ask.failure(provider, request).code()).isEqualTo(FailureCode.CONTEXT_LENGTH);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_goes_on_at_the_end_of_the_context_if_that_is_asked_for(On engine) {
        try (LlamaCppProvider provider = open(engine)) {
            ModelRequest request = Ask.raw(MODEL, "abc", Ask.fixed(2 * CONTEXT));
            ModelEvent.Finished ended = Ask.answer(provider, request).finished();
            ModelEvent.Finished shifted = Ask.answer(provider, with(request, new Overflow(true, true)))
                    .finished();

            assertThat(ended.reason()).isEqualTo(FinishReason.LENGTH);
            assertThat(ended.usage().promptTokens() + ended.usage().completionTokens())
                    .isEqualTo(CONTEXT);
            assertThat(shifted.reason()).isEqualTo(FinishReason.LENGTH);
            assertThat(shifted.usage().completionTokens()).isEqualTo(2 * CONTEXT);
        }
    }

    private LlamaCppProvider open(On engine) {
        TinyModels.generator().to(folder.resolve("tiny.gguf"));
        return engine.provider(folder, Map.of("context", CONTEXT));
    }

    private static ModelRequest with(ModelRequest request, Overflow overflow) {
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
                overflow,
                request.keepAlive(),
                request.deadline());
    }
}
