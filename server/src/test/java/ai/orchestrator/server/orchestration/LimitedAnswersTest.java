package ai.orchestrator.server.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Prompt;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimitedAnswersTest {
    private static final ChatRequest REQUEST = ChatRequest.of("id", "test", Prompt.user("x"));
    private static final AnswerSink NOBODY = new AnswerSink() {
        @Override
        public void start(AnswerStart start) {}

        @Override
        public void event(ModelEvent event) {}

        @Override
        public void end(AnswerEnd end) {}
    };

    @Test
    void oneRequestTooManyIsRefusedAndTheNextIsNot() {
        CompletableFuture<Void> running = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        AtomicInteger answered = new AtomicInteger();
        Answers limited = new LimitedAnswers(
                (request, sink) -> {
                    running.complete(null);
                    goOn.orTimeout(20, TimeUnit.SECONDS).join();
                    answered.incrementAndGet();
                },
                1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> limited.answer(REQUEST, NOBODY));
        running.orTimeout(20, TimeUnit.SECONDS).join();

        assertThatThrownBy(() -> limited.answer(REQUEST, NOBODY))
                .isInstanceOfSatisfying(PluginFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.OVERLOADED);
                    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
                })
                .hasMessage("server busy, please try again.  maximum pending requests exceeded");
        goOn.complete(null);
        first.orTimeout(20, TimeUnit.SECONDS).join();
        limited.answer(REQUEST, NOBODY);
        assertThat(answered).hasValue(2);
    }

    @Test
    void aFailedAnswerLeavesRoom() {
        Answers limited = new LimitedAnswers(
                (request, sink) -> {
                    throw new IllegalStateException("broken");
                },
                1);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> limited.answer(REQUEST, NOBODY)).hasMessage("broken");
        }
    }
}
