package ai.orchestrator.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts replies and how long they took, from a microsecond to ten minutes, to three digits. A reply that is not as it has to be is a failure. */
public final class Tally implements Listener {
    private static final long SHORTEST = 1_000;
    private static final long LONGEST = Duration.ofMinutes(10).toNanos();
    private static final double MILLI = 1e6;

    private final Expected expected;
    private final Expected accepted;
    private final Histogram whole = new ConcurrentHistogram(SHORTEST, LONGEST, 3);
    private final Histogram first = new ConcurrentHistogram(SHORTEST, LONGEST, 3);
    private String firstFailure = "";
    private final LongAdder others = new LongAdder();
    private long failures;

    /** Every reply has to be as expected. */
    public Tally(Expected expected) {
        this(expected, expected);
    }

    /** Replies that are not as expected are counted with the others, and apart, if they can be accepted. */
    public Tally(Expected expected, Expected accepted) {
        this.expected = expected;
        this.accepted = accepted;
    }

    @Override
    public void answered(long due, long firstByte, long end, Reply reply) {
        boolean asExpected = expected.isMetBy(reply);
        if (asExpected || accepted.isMetBy(reply)) {
            if (!asExpected) {
                others.increment();
            }
            whole.recordValue(Math.clamp(end - due, SHORTEST, LONGEST));
            first.recordValue(Math.clamp(firstByte - due, SHORTEST, LONGEST));
        } else {
            failed(due, end, expected.fault(reply));
        }
    }

    @Override
    public synchronized void failed(long due, long end, String why) {
        if (failures++ == 0) {
            firstFailure = why;
        }
    }

    /** How many replies there were, failures not among them. */
    public long answered() {
        return whole.getTotalCount();
    }

    /** How many of them were not as expected. */
    public long others() {
        return others.sum();
    }

    public synchronized long failures() {
        return failures;
    }

    /** How long a whole reply took from when it was due, in milliseconds. */
    public double millis(double percentile) {
        return whole.getValueAtPercentile(percentile) / MILLI;
    }

    /** How long the first byte of a reply's body took from when it was due, in milliseconds. */
    public double firstByteMillis(double percentile) {
        return first.getValueAtPercentile(percentile) / MILLI;
    }

    /**
     * Insists that all went well.
     *
     * @throws IOException if a reply was not as it has to be, or if there was none at all
     */
    public synchronized Tally require() throws IOException {
        if (failures > 0) {
            throw new IOException(
                    failures + " of " + (failures + answered()) + " requests failed, the first by: " + firstFailure);
        }
        if (answered() == 0) {
            throw new IOException("no request was answered");
        }
        return this;
    }
}
