package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What requests felt of a fault, strike by strike. */
final class Felt {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final double MOST_AT_FIRST = 50;
    private static final double MOST_LATER = 1;
    private static final double MOST_UNTIL_BACK = 10;

    private final List<Double> failed = new ArrayList<>();
    private final List<Double> before = new ArrayList<>();
    private final List<Double> atFirst = new ArrayList<>();
    private final List<Double> later = new ArrayList<>();
    private final List<Double> back = new ArrayList<>();

    /**
     * Adds a strike.
     *
     * @param begin from when on all was well
     * @param end when the fault was over, or not looked at any more
     */
    void add(Timeline timeline, long begin, long strike, long end) {
        double well = timeline.p99Millis(begin, strike);
        before.add(well);
        atFirst.add(timeline.p99Millis(strike, strike + SECOND) - well);
        later.add(timeline.p99Millis(strike + SECOND, end) - well);
        failed.add((double) timeline.failures(begin, end));
    }

    /** Adds how long it took until the tier gave answers again. */
    void addBack(long nanos) {
        back.add(nanos / (double) SECOND);
    }

    /** The results, with the budgets of a tier that can be done without. */
    List<Result> results(String scenario, String load) {
        List<Result> results = new ArrayList<>(List.of(
                Result.atMost(scenario, load + ", failed", 0, "requests", new Samples(failed)),
                Result.floor(scenario, load + ", p99 before", "ms", new Samples(before)),
                Result.atMost(
                        scenario, load + ", added p99 in the first second", MOST_AT_FIRST, "ms", new Samples(atFirst)),
                Result.atMost(scenario, load + ", added p99 after it", MOST_LATER, "ms", new Samples(later))));
        if (!back.isEmpty()) {
            results.add(Result.atMost(
                    scenario, load + ", until the tier answers again", MOST_UNTIL_BACK, "s", new Samples(back)));
        }
        return results;
    }
}
