package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a provider behaves beside the answers it gives: when it is hurried, left, shared, loaded and closed. */
abstract class ModelConductContract extends ModelContractFixture {
    @Test
    void keepsToTheDeadline() {
        ModelRequest slow = slowRequest();
        ModelRequest hurried = new ModelRequest(
                slow.requestId(),
                slow.model(),
                slow.prompt(),
                slow.options(),
                slow.format(),
                slow.tools(),
                slow.toolChoice(),
                slow.thinking(),
                slow.topLogprobs(),
                slow.overflow(),
                slow.keepAlive(),
                Optional.of(Duration.ofNanos(1)));
        assertThat(failure(hurried).code()).isEqualTo(FailureCode.TIMEOUT);
    }

    @Test
    void stopsWhenTheReceiverLeaves() {
        PluginFailure.Cancelled gone = new PluginFailure.Cancelled();
        AtomicInteger emitted = new AtomicInteger();
        ModelEventRecorder events = new ModelEventRecorder(event -> {
            emitted.incrementAndGet();
            throw gone;
        });

        assertThatThrownBy(() -> provider().stream(request("Name three colours."), events))
                .isSameAs(gone);
        assertThat(emitted).hasValue(1);
        assertThat(answer(request("Name three colours.")).text()).isNotBlank();
    }

    @Test
    void stopsWhenCancelledWhileTheReceiverIsSlow() throws Exception {
        CountDownLatch emitting = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        ModelEventRecorder events = new ModelEventRecorder(event -> {
            emitting.countDown();
            await(cancelled);
        });
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> canceller = other.submit(() -> {
                await(emitting);
                events.cancel();
                cancelled.countDown();
            });
            assertThatThrownBy(() -> provider().stream(request("Name three colours."), events))
                    .isInstanceOf(PluginFailure.Cancelled.class);
            canceller.get();
        }
        assertThat(events.events()).isEmpty();
    }

    @Test
    @Timeout(value = 1, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.MINUTES)
    void stopsWaitingWhenCancelled() throws Exception {
        ModelRequest slow = slowRequest();
        CountDownLatch cancelled = new CountDownLatch(1);
        ModelEventRecorder events = new ModelEventRecorder(event -> await(cancelled));
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<@Nullable Throwable> running = other.submit(() -> thrownBy(slow, events));
            // long enough for the call to be under way in most runs, and what follows holds at any moment
            Thread.sleep(300);
            events.cancel();
            cancelled.countDown();
            assertThat(running.get()).isInstanceOf(PluginFailure.class);
        }
        assertThat(events.events()).isEmpty();
    }

    @Test
    void doesNotAnswerWhatWasCancelledBefore() {
        ModelEventRecorder events = new ModelEventRecorder();
        events.cancel();

        assertThatThrownBy(() -> provider().stream(slowRequest(), events)).isInstanceOf(PluginFailure.class);
        assertThat(events.events()).isEmpty();
    }

    @Test
    void answersSeveralAtOnce() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ModelEventRecorder>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(callers.submit(() -> answer(request("Name three colours."))));
            }
            for (Future<ModelEventRecorder> answer : answers) {
                assertThat(answer.get().text()).isNotBlank();
                assertThat(answer.get().threads()).hasSize(1);
            }
        }
    }

    @Test
    void tellsItsStateWhileARequestWaits() throws Exception {
        CountDownLatch emitting = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        ModelEventRecorder events = new ModelEventRecorder(event -> {
            emitting.countDown();
            await(asked);
        });
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> running = other.submit(() -> provider().stream(request("Name three colours."), events));
            await(emitting);
            assertThat(provider().health().detail()).isNotNull();
            assertThat(provider().models()).isNotEmpty();
            assertLoadedAreOnOffer();
            asked.countDown();
            running.get();
        }
        assertThat(events.finished()).isNotNull();
    }

    @Test
    void loadsAndUnloads() {
        provider().load(model(), Optional.empty());
        assertLoadedAreOnOffer();
        provider().unload(model());
        assertThat(provider().loaded()).extracting(LoadedModel::name).doesNotContain(model());
        provider().unload(model());
        provider().unload(UNKNOWN);
        assertThat(answer(request("Name three colours.")).text()).isNotBlank();
    }

    @Test
    void closesWhileARequestRuns() throws Exception {
        CountDownLatch emitting = new CountDownLatch(1);
        ModelEventRecorder events = new ModelEventRecorder(event -> emitting.countDown());
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            ModelRequest request = request("Count from one to fifty in words.");
            Future<@Nullable Throwable> running = other.submit(() -> thrownBy(request, events));
            await(emitting);
            closeNow();
            Throwable thrown = running.get();
            if (thrown == null) {
                assertThat(events.finished()).isNotNull();
            } else {
                assertThat(thrown).isInstanceOf(PluginFailure.class);
            }
        }
    }

    private void assertLoadedAreOnOffer() {
        List<String> names = provider().models().stream().map(ModelInfo::name).toList();
        assertThat(provider().loaded())
                .extracting(LoadedModel::name)
                .doesNotHaveDuplicates()
                .isSubsetOf(names);
    }
}
