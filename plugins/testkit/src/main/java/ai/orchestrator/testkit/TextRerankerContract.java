package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.TextReranker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every reranker promises. */
@Timeout(120)
public abstract class TextRerankerContract {
    protected static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A new reranker that works. */
    protected abstract TextReranker open();

    @Test
    void scoresEveryTextInTheOrderGiven() {
        try (TextReranker reranker = open()) {
            List<Double> values = reranker.score(
                            "when is high tide in the harbour",
                            List.of(
                                    "Bread is baked of flour.",
                                    "High tide in the harbour is at noon.",
                                    "The harbour is closed."),
                            PATIENCE)
                    .values();
            assertThat(values).hasSize(3).allMatch(Double::isFinite);
            assertThat(values.get(1)).isGreaterThan(values.get(0)).isGreaterThan(values.get(2));
            assertThat(reranker.health().state()).isEqualTo(Health.State.UP);
        }
    }

    @Test
    void takesOneTextAndManyAndOddOnes() {
        try (TextReranker reranker = open()) {
            assertThat(reranker.score("tide", List.of("tide"), PATIENCE).values())
                    .hasSize(1);
            List<String> many = IntStream.range(0, 50)
                    .mapToObj(i -> "\"" + i + "\"\n\t\u0000\uD83C\uDF0A \\ </s>")
                    .toList();
            assertThat(reranker.score("tide \"and\" \\", many, PATIENCE).values())
                    .hasSize(50);
        }
    }

    @Test
    void isAskedByManyAtOnce() throws Exception {
        try (TextReranker reranker = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> call = () -> reranker.score("tide", List.of("tide", "ebb"), PATIENCE)
                    .values()
                    .size();
            for (Future<Integer> scored :
                    threads.invokeAll(IntStream.range(0, 20).mapToObj(i -> call).toList())) {
                assertThat(scored.get()).isEqualTo(2);
            }
        }
    }

    @Test
    void withoutTimeItSaysSo() {
        try (TextReranker reranker = open()) {
            assertThat(failure(reranker, Duration.ZERO).code()).isEqualTo(FailureCode.TIMEOUT);
        }
    }

    @Test
    void onceClosedItSaysSoAndMayBeClosedAgain() {
        TextReranker reranker = open();
        reranker.close();
        reranker.close();
        assertThat(failure(reranker, PATIENCE).code()).isEqualTo(FailureCode.UNAVAILABLE);
    }

    protected static PluginFailure failure(TextReranker reranker, Duration deadline) {
        return catchThrowableOfType(
                PluginFailure.class, () -> reranker.score("tide", List.of("tide", "ebb"), deadline));
    }
}
