package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.Tally;
import java.time.Duration;

/**
 * One run of a server under load.
 *
 * @param answered how many requests
 * @param tally of each of them; empty where {@code wrk} asked
 * @param cpu what the server's process computed meanwhile
 */
record Run(long answered, Tally tally, Duration took, Duration cpu) {
    private static final double SECOND = 1e9;
    private static final double MILLI = 1e6;
    private static final int THOUSAND = 1_000;

    Run(Tally tally, Duration took, Duration cpu) {
        this(tally.answered(), tally, took, cpu);
    }

    double perSecond() {
        return answered * SECOND / took.toNanos();
    }

    /** What it could answer if it had a processor to itself and nothing held it up. */
    double perCpuSecond() {
        return answered * SECOND / cpu.toNanos();
    }

    /** CPU time for a thousand requests, in milliseconds: what one takes, in microseconds. */
    double cpuMillisPerThousand() {
        return cpu.toNanos() / MILLI * THOUSAND / answered;
    }
}
