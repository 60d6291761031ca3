package ai.orchestrator.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.server.config.CallConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How models that run elsewhere are called: again, not at all, or not too many at once. */
class FarSideCallsTest {
    private static final ModelInfo CLOUD = cloud("a/one:latest");
    private static final ModelInfo OTHER = cloud("a/two:latest");
    private static final ModelInfo LOCAL = ScriptedProvider.model("local:latest", Instant.EPOCH, Capability.COMPLETION);
    private static final PluginFailure DOWN = new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "down");

    private final List<String> asked = new ArrayList<>();
    private @Nullable Error fault;
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final ScriptedProvider provider = new ScriptedProvider(List.of(CLOUD, OTHER, LOCAL), (request, events) -> {
        asked.add(request.model());
        if (fault != null) {
            throw fault;
        }
        if (!failures.isEmpty()) {
            throw failures.poll();
        }
        events.emit(new ModelEvent.Text("from " + request.model()));
    });
    private final Pieces pieces = new Pieces();

    private static ModelInfo cloud(String name) {
        return new ModelInfo(
                name,
                "a".repeat(64),
                0,
                Instant.EPOCH,
                "",
                List.of(),
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                Set.of(Capability.COMPLETION),
                Optional.of(new RemoteOrigin(name, "https://cloud.example")),
                Optional.of(Price.unknown()));
    }

    private static CallConfig quick(int failures, Map<String, Integer> most) {
        return new CallConfig(
                2,
                Duration.ofMillis(1),
                Duration.ofMillis(50),
                failures,
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                most);
    }

    private FallbackCaller caller(CallConfig config) {
        ServiceCatalog catalog = new ServiceCatalog(List.of(provider), List.of(), () -> "f".repeat(64), Instant.EPOCH);
        return new FallbackCaller(catalog, config, Map.<ModelProvider, String>of(provider, "clouds"));
    }

    private void call(FallbackCaller caller, Optional<Duration> deadline, ModelInfo... models) {
        caller.stream(
                List.of(models),
                model -> {},
                model -> ModelRequest.of("r", model.name(), Prompt.user("hi")).withDeadline(deadline),
                pieces);
    }

    private void fail(RuntimeException... with) {
        failures.addAll(Arrays.asList(with));
    }

    @Test
    void whatComesAndGoesIsTriedAgain() {
        fail(DOWN, DOWN);
        call(caller(quick(10, Map.of())), Optional.empty(), CLOUD, LOCAL);

        assertThat(asked).containsExactly("a/one:latest", "a/one:latest", "a/one:latest");
        assertThat(pieces.texts).containsExactly("from a/one:latest");
    }

    @Test
    void afterTheLastTryTheNextModelIsAsked() {
        fail(DOWN, DOWN, DOWN);
        call(caller(quick(10, Map.of())), Optional.empty(), CLOUD, LOCAL);

        assertThat(pieces.texts).containsExactly("from local:latest");
    }

    @Test
    void aLocalModelIsAskedOnce() {
        fail(DOWN);
        call(caller(quick(10, Map.of())), Optional.empty(), LOCAL, CLOUD);

        assertThat(asked).containsExactly("local:latest", "a/one:latest");
    }

    @Test
    void thereIsNoOtherTryWithoutTimeForIt() {
        fail(new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "later", Duration.ofMillis(40)));
        assertThatThrownBy(() -> call(caller(quick(10, Map.of())), Optional.of(Duration.ofMillis(20)), CLOUD))
                .hasMessage("later");
    }

    @Test
    void nobodyIsAskedWhenTheTimeIsOver() {
        assertThatThrownBy(() -> call(caller(quick(10, Map.of())), Optional.of(Duration.ZERO), CLOUD))
                .isInstanceOfSatisfying(PluginFailure.class, failure -> assertThat(failure.code())
                        .isEqualTo(FailureCode.TIMEOUT));
        assertThat(asked).isEmpty();
    }

    @Test
    void aClientThatLeavesEndsTheWait() {
        pieces.left = true;
        fail(new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "later", Duration.ofHours(1)));
        CallConfig patient = new CallConfig(
                2,
                Duration.ofMinutes(1),
                Duration.ofHours(3),
                10,
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Map.of());

        assertThatThrownBy(() -> call(caller(patient), Optional.empty(), CLOUD))
                .isInstanceOf(PluginFailure.Cancelled.class);
    }

    @Test
    void aModelThatFailsAgainAndAgainIsLeftAloneAndOthersOfItsProviderAreNot() {
        FallbackCaller caller = caller(quick(2, Map.of()));
        for (int request = 0; request < 2; request++) {
            fail(DOWN, DOWN, DOWN);
            call(caller, Optional.empty(), CLOUD, LOCAL);
        }
        asked.clear();

        call(caller, Optional.empty(), CLOUD, OTHER);
        assertThat(asked).containsExactly("a/two:latest");
        assertThatThrownBy(() -> call(caller, Optional.empty(), CLOUD))
                .isInstanceOfSatisfying(PluginFailure.Retriable.class, failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
                    assertThat(failure)
                            .hasMessageContaining("is not asked for now")
                            .hasMessageContaining("down");
                    assertThat(failure.retryAfter()).hasValueSatisfying(left -> assertThat(left)
                            .isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1)));
                });
    }

    @Test
    void aRequestIsOneFailureHoweverOftenItWasTried() {
        FallbackCaller caller = caller(quick(2, Map.of()));
        fail(DOWN, DOWN, DOWN);
        call(caller, Optional.empty(), CLOUD, LOCAL);

        call(caller, Optional.empty(), CLOUD);
        assertThat(pieces.texts).containsExactly("from local:latest", "from a/one:latest");
    }

    @Test
    void oneThatIsLeftAloneIsNotWaitedForHoweverSoonItMayBeAskedAgain() {
        FallbackCaller caller = caller(new CallConfig(
                2,
                Duration.ofMillis(1),
                Duration.ofMinutes(1),
                1,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Map.of()));
        fail(DOWN, DOWN, DOWN);
        call(caller, Optional.empty(), CLOUD, LOCAL);
        asked.clear();

        call(caller, Optional.empty(), CLOUD, LOCAL);
        assertThat(asked).containsExactly("local:latest");
    }

    @Test
    void aTrialThatEndsByAFaultOfThisServerIsFollowedByAnother() {
        FallbackCaller caller = caller(new CallConfig(
                0, Duration.ofMillis(1), Duration.ofMillis(1), 1, Duration.ofNanos(1), Duration.ofNanos(1), Map.of()));
        fail(DOWN);
        assertThatThrownBy(() -> call(caller, Optional.empty(), CLOUD)).hasMessage("down");
        fault = new NoClassDefFoundError("a/Missing");
        assertThatThrownBy(() -> call(caller, Optional.empty(), CLOUD)).isInstanceOf(NoClassDefFoundError.class);
        fault = null;

        call(caller, Optional.empty(), CLOUD);
        assertThat(pieces.texts).containsExactly("from a/one:latest");
    }

    @Test
    void aKeyThatIsRefusedConcernsAllModelsOfTheProvider() {
        FallbackCaller caller = caller(quick(2, Map.of()));
        PluginFailure refused = new PluginFailure.Permanent(FailureCode.CREDENTIALS, "bad key");
        for (ModelInfo model : List.of(CLOUD, OTHER)) {
            fail(refused);
            call(caller, Optional.empty(), model, LOCAL);
        }
        asked.clear();

        call(caller, Optional.empty(), CLOUD, OTHER, LOCAL);
        assertThat(asked).containsExactly("local:latest");
    }

    @Test
    void aWrongRequestSaysNothingOfTheFarSide() {
        FallbackCaller caller = caller(quick(1, Map.of()));
        for (int i = 0; i < 5; i++) {
            fail(new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, "wrong"));
            assertThatThrownBy(() -> call(caller, Optional.empty(), CLOUD)).hasMessage("wrong");
        }
        call(caller, Optional.empty(), CLOUD);
        assertThat(pieces.texts).containsExactly("from a/one:latest");
    }

    @Test
    void aProviderHasNoMoreCallsThanItMayHave() throws Exception {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        ScriptedProvider slow = new ScriptedProvider(List.of(CLOUD), (request, events) -> {
            running.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        ServiceCatalog catalog =
                new ServiceCatalog(List.of(slow, provider), List.of(), () -> "f".repeat(64), Instant.EPOCH);
        FallbackCaller caller =
                new FallbackCaller(catalog, quick(3, Map.of("slow", 2)), Map.<ModelProvider, String>of(slow, "slow"));
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = executor.submit(() -> call(caller, Optional.empty(), CLOUD));
            Future<?> second = executor.submit(() -> call(caller, Optional.empty(), CLOUD));
            running.await();

            assertThatThrownBy(() -> call(caller, Optional.empty(), CLOUD))
                    .isInstanceOfSatisfying(PluginFailure.Retriable.class, failure -> assertThat(failure.code())
                            .isEqualTo(FailureCode.OVERLOADED));
            call(caller, Optional.empty(), CLOUD, LOCAL);
            assertThat(pieces.texts).containsExactly("from local:latest");
            release.countDown();
            first.get();
            second.get();
        }
        call(caller, Optional.empty(), CLOUD);
    }

    private static final class Pieces implements ModelEvents {
        final List<String> texts = new ArrayList<>();
        volatile boolean left;

        @Override
        public void emit(ModelEvent event) {
            if (event instanceof ModelEvent.Text(String text, var _)) {
                texts.add(text);
            }
        }

        @Override
        public void onCancel(Runnable action) {
            if (left) {
                action.run();
            }
        }
    }
}
