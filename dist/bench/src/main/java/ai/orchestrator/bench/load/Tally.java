package ai.orchestrator.bench.load;

import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts replies and how long they took, from a microsecond to ten minutes, to three digits. A reply that is not as expected is a failure. */
public final class Tally implements Listener {
    private static final long SHORTEST = 1_000;
    private static final long LONGEST = Duration.ofMinutes(10).toNanos();
    private static final double MILLI = 1e6;

    private final Expected expected;
    private final Histogram whole = new ConcurrentHistogram(SHORTEST, LONGEST, 3);
    private final Histogram first = new ConcurrentHistogram(SHORTEST, LONGEST, 3);
    private String firstFailure = "";
    private long failures;

    public Tally(Expected expected) {
        this.expected = expected;
    }

    @Override
    public void answered(long due, long firstByte, long end, Reply reply) {
        if (expected.isMetBy(reply)) {
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

    /** How many replies were as expected. */
    public long answered() {
        return whole.getTotalCount();
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
     * @throws IOException if a reply was not as expected, or if there was none at all
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
