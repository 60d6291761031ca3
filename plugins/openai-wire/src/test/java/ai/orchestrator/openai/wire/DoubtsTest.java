package ai.orchestrator.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.testkit.LogRecorder;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DoubtsTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(-5 * SECOND);
    private final Doubts doubts = new Doubts("cloud", clock::get);

    @Test
    void warnsOnceAMinuteAndThenSaysHowManyThereWere() {
        try (LogRecorder log = new LogRecorder(Doubts.class)) {
            for (int i = 0; i < 100; i++) {
                doubts.warn("acme/owl", "it told cost -1, which counts as not told");
            }
            assertThat(log.lines())
                    .containsExactly("cloud: of an answer by acme/owl, it told cost -1, which counts as not told");

            clock.addAndGet(60 * SECOND);
            doubts.warn("acme/owl", "it told cost -2, which counts as not told");
            assertThat(log.lines().getLast())
                    .isEqualTo("cloud: of an answer by acme/owl, it told cost -2, which counts as not told;"
                            + " 99 more of the kind since the last warning");

            clock.addAndGet(60 * SECOND);
            doubts.warn("acme/owl", "it told cost -3, which counts as not told");
            assertThat(log.lines()).hasSize(3);
            assertThat(log.lines().getLast()).doesNotContain("more of the kind");
            assertThat(log.levels()).containsOnly("WARN");
        }
    }
}
