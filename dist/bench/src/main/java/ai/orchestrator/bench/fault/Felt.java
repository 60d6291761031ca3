package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What requests felt of a fault, strike by strike. */
final class Felt {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final String MILLIS = "ms";
    private static final String SECONDS = "s";
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

    /** The results, and the budgets of a tier that can be done without. */
    List<Result> inBudget(String scenario, String load) {
        List<Result> results = new ArrayList<>();
        results.add(failures(scenario, load));
        results.add(before(scenario, load));
        results.add(atFirst(scenario, load).within(new Result.Most(MOST_AT_FIRST, MILLIS)));
        results.add(later(scenario, load).within(new Result.Most(MOST_LATER, MILLIS)));
        back(scenario, load)
                .map(result -> result.within(new Result.Most(MOST_UNTIL_BACK, SECONDS)))
                .ifPresent(results::add);
        return results;
    }

    /** The results; only failures are in a budget. */
    List<Result> withoutFailure(String scenario, String load) {
        List<Result> results = new ArrayList<>(List.of(
                failures(scenario, load), before(scenario, load), atFirst(scenario, load), later(scenario, load)));
        back(scenario, load).ifPresent(results::add);
        return results;
    }

    private Result failures(String scenario, String load) {
        return Result.floor(scenario, load + ", failed", "requests", new Samples(failed))
                .within(new Result.AlwaysMost(0, "requests"));
    }

    private Result before(String scenario, String load) {
        return Result.floor(scenario, load + ", p99 before", MILLIS, new Samples(before));
    }

    private Result atFirst(String scenario, String load) {
        return Result.floor(scenario, load + ", added p99 in the first second", MILLIS, new Samples(atFirst));
    }

    private Result later(String scenario, String load) {
        return Result.floor(scenario, load + ", added p99 after it", MILLIS, new Samples(later));
    }

    private Optional<Result> back(String scenario, String load) {
        return back.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Result.floor(scenario, load + ", until the tier answers again", SECONDS, new Samples(back)));
    }
}
