package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.load.Listener;
import ai.orchestrator.bench.load.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Every request of a run, by when it was due. All times are of {@link System#nanoTime}. */
final class Timeline implements Listener {
    private static final int OK = 200;
    private static final double MILLI = 1e6;
    private static final int HUNDRED = 100;

    private final List<Entry> entries = new ArrayList<>();
    private String firstFailure = "";

    /** @param tier that gave the answer; empty if none did */
    private record Entry(long due, long end, boolean failed, String tier) {}

    @Override
    public void answered(long due, long first, long end, Reply reply) {
        if (reply.status() == OK) {
            answered(due, reply.tier(), end);
        } else {
            failed(due, end, "status " + reply.status());
        }
    }

    @Override
    public void failed(long due, long end, String why) {
        add(new Entry(due, end, true, ""), why);
    }

    /** Adds an answer. */
    void answered(long due, String tier, long end) {
        add(new Entry(due, end, false, tier), "");
    }

    private synchronized void add(Entry entry, String failure) {
        entries.add(entry);
        if (entry.failed && firstFailure.isEmpty()) {
            firstFailure = failure;
        }
    }

    /** How many requests that were due in a time have failed. */
    synchronized long failures(long from, long to) {
        return entries.stream()
                .filter(entry -> entry.failed && isIn(entry.due, from, to))
                .count();
    }

    /** Why the first one failed; empty if none did. */
    synchronized String firstFailure() {
        return firstFailure;
    }

    /** How long the slowest hundredth of the requests took at least that were due in a time, in milliseconds. */
    synchronized double p99Millis(long from, long to) {
        long[] took = entries.stream()
                .filter(entry -> isIn(entry.due, from, to))
                .mapToLong(entry -> entry.end - entry.due)
                .sorted()
                .toArray();
        if (took.length == 0) {
            throw new IllegalStateException("nothing was asked in that time");
        }
        return took[took.length - 1 - took.length / HUNDRED] / MILLI;
    }

    /** When the first answer out of a tier came to a request that was due after a moment. */
    synchronized OptionalLong firstFrom(String tier, long after) {
        Predicate<Entry> wanted = entry -> entry.due - after >= 0 && entry.tier.equals(tier);
        return entries.stream().filter(wanted).mapToLong(Entry::end).min();
    }

    private static boolean isIn(long time, long from, long to) {
        return time - from >= 0 && time - to < 0;
    }
}
