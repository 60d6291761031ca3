package ai.orchestrator.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.bench.run.Result;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FeltTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;
    private static final long STRIKE = 5 * SECOND;
    private static final long END = 8 * SECOND;

    private final Timeline timeline = new Timeline();

    @Test
    void eachPhaseIsComparedWithTheTimeBefore() {
        load(0, STRIKE, 2);
        load(STRIKE, STRIKE + SECOND, 42);
        load(STRIKE + SECOND, END, 2);

        List<Result> results = felt(1.5).inBudget("redis-gone", "stored answers");

        assertThat(table(results)).isEqualTo("""
                stored answers, failed: 0.0 requests Optional[true]
                stored answers, p99 before: 2.0 ms Optional.empty
                stored answers, added p99 in the first second: 40.0 ms Optional[true]
                stored answers, added p99 after it: 0.0 ms Optional[true]
                stored answers, until the tier answers again: 1.5 s Optional[true]
                """);
    }

    @Test
    void aFailureOrAStallBreaksTheBudget() {
        load(0, STRIKE, 2);
        load(STRIKE, STRIKE + SECOND, 53);
        load(STRIKE + SECOND, END, 4);
        timeline.failed(STRIKE, STRIKE + SECOND, "status 500");

        List<Result> results = felt(11).inBudget("redis-gone", "new answers");

        assertThat(results.stream().map(Result::met))
                .containsExactly(
                        Optional.of(false),
                        Optional.empty(),
                        Optional.of(false),
                        Optional.of(false),
                        Optional.of(false));
        assertThat(timeline.firstFailure()).isEqualTo("status 500");
        assertThat(felt(11).withoutFailure("file-gone", "new answers").stream()
                        .map(Result::met)
                        .flatMap(Optional::stream))
                .containsExactly(false);
    }

    @Test
    void theSlowestHundredthCounts() {
        load(0, SECOND, 2);
        timeline.failed(1, 1 + 900 * MILLI, "late");
        assertThat(timeline.p99Millis(0, SECOND)).isEqualTo(2);
        for (int i = 0; i < 10; i++) {
            timeline.failed(i, i + 900 * MILLI, "late");
        }
        assertThat(timeline.p99Millis(0, SECOND)).isEqualTo(900);
    }

    private Felt felt(double back) {
        Felt felt = new Felt();
        felt.add(timeline, 0, STRIKE, END);
        felt.addBack((long) (back * SECOND));
        return felt;
    }

    /** Requests in a time, 500 a second, that take so many milliseconds each. */
    private void load(long from, long to, long millis) {
        for (long due = from; due < to; due += 2 * MILLI) {
            timeline.answered(due, "redis", due + millis * MILLI);
        }
    }

    private static String table(List<Result> results) {
        return results.stream()
                .map(result -> result.subject() + ": " + result.samples().median() + " " + result.unit() + " "
                        + result.met() + "\n")
                .collect(Collectors.joining());
    }
}
