package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.testkit.ModelEventRecorder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How workers come and go. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SupervisionTest {
    private static final String ONE = "one:latest";
    private static final String TWO = "two:latest";

    @TempDir
    Path folder;

    @BeforeEach
    void makeModels() {
        TinyModels.generator().to(folder.resolve("one.gguf"));
        TinyModels.generator().to(folder.resolve("two.gguf"));
    }

    @Test
    void a_worker_that_dies_fails_its_request_and_the_next_gets_another() {
        try (LlamaCppProvider provider = Providers.of(folder)) {
            AtomicBoolean killed = new AtomicBoolean();
            ModelEventRecorder events = new ModelEventRecorder(event -> {
                // what it had written before is still passed on
                if (killed.compareAndSet(false, true)) {
                    kill(provider, ONE);
                }
            });
            Throwable thrown = catchThrowable(() -> provider.stream(endless(ONE), events));

            assertThat(thrown).isInstanceOf(PluginFailure.Retriable.class);
            assertThat(((PluginFailure) thrown).code()).isEqualTo(FailureCode.BROKEN_OFF);
            assertThat(thrown.getMessage()).doesNotContain(folder.toString());
            assertThat(Ask.answer(provider, brief(ONE)).text()).isNotEmpty();
        }
    }

    @Test
    void a_worker_that_dies_too_often_is_left_alone_for_a_while() {
        try (LlamaCppProvider provider = Providers.of(folder)) {
            for (int i = 0; i < CrashBudget.MOST; i++) {
                provider.load(ONE, Optional.empty());
                kill(provider, ONE);
            }
            PluginFailure failure = Ask.failure(provider, brief(ONE));

            assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
            assertThat(failure.retryAfter())
                    .hasValueSatisfying(time -> assertThat(time).isPositive().isLessThanOrEqualTo(CrashBudget.WITHIN));
            assertThat(provider.health().state()).isEqualTo(Health.State.DOWN);
            assertThat(provider.health().detail()).contains(ONE);
            assertThat(Ask.answer(provider, brief(TWO)).text()).isNotEmpty();

            TinyModels.generator().put("general.name", "another").to(folder.resolve("one.gguf"));
            Ask.until("another file is tried at once", () -> answers(provider, ONE));
        }
    }

    @Test
    void unloading_ends_the_process() {
        try (LlamaCppProvider provider = Providers.of(folder)) {
            provider.load(ONE, Optional.empty());
            ProcessHandle process = process(provider, ONE);
            LoadedModel loaded = provider.loaded().getFirst();
            assertThat(loaded.name()).isEqualTo(ONE);
            assertThat(loaded.contextLength()).isEqualTo(512);
            assertThat(loaded.sizeBytes()).isGreaterThan(1 << 20);
            assertThat(loaded.expiresAt().orElseThrow()).isAfter(Instant.now());
            assertThat(provider.health().detail()).contains(ONE);

            provider.unload(ONE);

            assertThat(provider.loaded()).isEmpty();
            assertThat(process.isAlive()).isFalse();
        }
    }

    @Test
    void a_model_stays_for_as_long_as_the_last_request_said() {
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("keep_alive", "200ms"))) {
            provider.load(ONE, Optional.of(Duration.ofSeconds(-1)));
            assertThat(provider.loaded().getFirst().expiresAt()).isEmpty();
            ProcessHandle process = process(provider, ONE);

            provider.stream(
                    Ask.withTimes(brief(ONE), Optional.of(Duration.ZERO), Optional.empty()), new ModelEventRecorder());
            Ask.until("it is unloaded after the request", () -> !process.isAlive());

            provider.load(ONE, Optional.empty());
            Ask.until("it is unloaded when its time is up", () -> provider.loaded()
                    .isEmpty());
        }
    }

    @Test
    void requests_are_answered_at_once_up_to_the_slots_and_the_rest_wait() throws Exception {
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("parallel", 3))) {
            CountDownLatch three = new CountDownLatch(3);
            List<Future<?>> running = new ArrayList<>();
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 7; i++) {
                    running.add(callers.submit(() -> {
                        ModelEventRecorder events = new ModelEventRecorder(event -> meet(three));
                        provider.stream(brief(ONE), events);
                        return events.finished();
                    }));
                }
                for (Future<?> each : running) {
                    assertThat(each.get()).isNotNull();
                }
            }
        }
    }

    @Test
    void too_many_who_wait_are_refused_and_one_who_waits_can_leave() throws Exception {
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("parallel", 1, "max_queue", 1));
                Holder busy = new Holder(provider, ONE);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            ModelEventRecorder leaving = new ModelEventRecorder();
            AtomicReference<Thread> waiter = new AtomicReference<>();
            Future<@Nullable Throwable> waiting = callers.submit(() -> {
                waiter.set(Thread.currentThread());
                return catchThrowable(() -> provider.stream(brief(ONE), leaving));
            });
            Ask.until("it waits", () -> waiter.get() != null && waiter.get().getState() == Thread.State.WAITING);
            assertThat(Ask.failure(provider, brief(TWO)))
                    .isInstanceOf(PluginFailure.Retriable.class)
                    .hasMessage("server busy, please try again.  maximum pending requests exceeded");

            leaving.cancel();
            assertThat(waiting.get()).isInstanceOf(PluginFailure.Cancelled.class);
            assertThat(leaving.events()).isEmpty();
            assertThat(busy.isRunning()).isTrue();
        }
    }

    @Test
    void a_deadline_ends_the_wait() throws Exception {
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("parallel", 1));
                Holder holder = new Holder(provider, ONE)) {
            ModelRequest hurried = Ask.withTimes(brief(ONE), Optional.empty(), Optional.of(Duration.ofMillis(50)));

            assertThat(Ask.failure(provider, hurried).code()).isEqualTo(FailureCode.TIMEOUT);
            assertThat(holder.isRunning()).isTrue();
        }
    }

    @Test
    void a_longer_context_reloads_the_model_and_the_file_and_the_operator_set_the_bounds() {
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("max_context", 1500))) {
            assertThat(contextAfter(provider, 100)).isEqualTo(512);
            long before = process(provider, ONE).pid();
            assertThat(contextAfter(provider, 1024)).isEqualTo(1024);
            assertThat(process(provider, ONE).pid()).isNotEqualTo(before);
            assertThat(contextAfter(provider, 512)).isEqualTo(1024);
            assertThat(contextAfter(provider, 1_000_000)).isEqualTo(1500);
        }
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("max_context", 1 << 20))) {
            assertThat(contextAfter(provider, 1 << 20)).isEqualTo(TinyModels.CONTEXT);
        }
    }

    @Test
    void each_request_has_the_whole_context_to_itself() {
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("parallel", 4))) {
            ModelRequest request = Ask.raw(ONE, "x".repeat(400), Ask.fixed(100));
            assertThat(Ask.answer(provider, request).finished().usage().promptTokens())
                    .isGreaterThan(400);
        }
    }

    @Test
    void another_model_takes_the_place_of_the_one_that_is_idle() {
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("max_loaded", 1))) {
            provider.load(ONE, Optional.of(Duration.ofSeconds(-1)));
            ProcessHandle first = process(provider, ONE);
            provider.load(TWO, Optional.empty());

            assertThat(provider.loaded()).extracting(LoadedModel::name).containsExactly(TWO);
            assertThat(first.isAlive()).isFalse();
        }
    }

    @Test
    void a_busy_model_is_not_unloaded_and_who_needs_its_place_waits() throws Exception {
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("max_loaded", 1))) {
            Future<ModelEventRecorder> waiting;
            Holder held;
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                try (Holder holder = new Holder(provider, ONE)) {
                    waiting = callers.submit(() -> Ask.answer(provider, brief(TWO)));
                    provider.unload(ONE);
                    assertThat(holder.isRunning()).isTrue();
                    assertThat(provider.loaded()).extracting(LoadedModel::name).containsExactly(ONE);
                    assertThat(waiting.isDone()).isFalse();
                    held = holder;
                }
                assertThat(held.answer().finished()).isNotNull();
                assertThat(waiting.get().text()).isNotEmpty();
            }
            assertThat(provider.loaded()).extracting(LoadedModel::name).containsExactly(TWO);
        }
    }

    @Test
    void closing_ends_every_process() {
        LlamaCppProvider provider = Providers.of(folder);
        provider.load(ONE, Optional.empty());
        provider.load(TWO, Optional.empty());
        List<ProcessHandle> processes = List.of(process(provider, ONE), process(provider, TWO));

        provider.close();

        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThatThrownBy(() -> provider.load(ONE, Optional.empty())).isInstanceOf(PluginFailure.class);
    }

    @Test
    void loading_that_takes_too_long_is_given_up() {
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("load_timeout", "1ms"))) {
            PluginFailure failure = Ask.failure(provider, brief(ONE));

            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("not loaded within");
            assertThat(provider.loaded()).isEmpty();
        }
    }

    @Test
    void a_model_that_llama_cpp_does_not_know_says_so() {
        TinyModels.generator().put("general.architecture", "unheard-of").to(folder.resolve("one.gguf"));
        try (LlamaCppProvider provider = Providers.of(folder)) {
            PluginFailure failure = Ask.failure(provider, brief(ONE));

            assertThat(failure).isInstanceOf(PluginFailure.Permanent.class);
            assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED);
            assertThat(failure)
                    .hasMessage("model architecture 'unheard-of' is not supported by " + EmbeddedEngine.NAME
                            + "; to install a newer engine: dist/manage.sh engine");
            for (int i = 0; i < CrashBudget.MOST; i++) {
                assertThat(Ask.failure(provider, brief(ONE))).hasMessage(failure.getMessage());
            }
            assertThat(provider.health().state()).isEqualTo(Health.State.UP);
        }
    }

    @Test
    void a_model_is_loaded_with_the_context_that_is_asked_for_and_so_stays_for_requests_of_that_length() {
        try (LlamaCppProvider provider = Providers.of(folder)) {
            provider.load(ONE, SamplingOptions.builder().numCtx(768).build(), Optional.empty());
            ProcessHandle process = process(provider, ONE);

            assertThat(contextAfter(provider, 768)).isEqualTo(768);
            assertThat(process(provider, ONE)).isEqualTo(process);
        }
    }

    private static int contextAfter(LlamaCppProvider provider, int asked) {
        Ask.answer(provider, Ask.raw(ONE, "x", Ask.fixed(2).numCtx(asked)));
        return provider.loaded().getFirst().contextLength();
    }

    private static boolean answers(LlamaCppProvider provider, String model) {
        return catchThrowable(() -> provider.stream(brief(model), new ModelEventRecorder())) == null;
    }

    private static void kill(LlamaCppProvider provider, String model) {
        ProcessHandle process = process(provider, model);
        process.destroyForcibly();
        Ask.until("it has ended", () -> !process.isAlive());
        Ask.until("that has been noticed", () -> provider.worker(model).isEmpty());
    }

    private static ProcessHandle process(LlamaCppProvider provider, String model) {
        return ProcessHandle.of(provider.worker(model).orElseThrow().child().pid())
                .orElseThrow();
    }

    private static void meet(CountDownLatch latch) {
        latch.countDown();
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("the others did not come");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ModelRequest brief(String model) {
        return Ask.raw(model, "abc", Ask.fixed(8));
    }

    private static ModelRequest endless(String model) {
        // more than the buffers between worker and host can hold
        return Ask.raw(model, "abc", Ask.fixed(-1).numCtx(TinyModels.CONTEXT));
    }

    /** A request that stays in its place until it is closed. */
    private static final class Holder implements AutoCloseable {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final ModelEventRecorder events = new ModelEventRecorder(event -> {
            begun.countDown();
            try {
                if (!released.await(1, TimeUnit.MINUTES)) {
                    throw new AssertionError("never released");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        private final Thread thread;

        Holder(LlamaCppProvider provider, String model) throws InterruptedException {
            this.thread = Thread.ofVirtual().start(() -> provider.stream(brief(model), events));
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        }

        boolean isRunning() {
            return thread.isAlive();
        }

        ModelEventRecorder answer() {
            return events;
        }

        @Override
        public void close() {
            released.countDown();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
