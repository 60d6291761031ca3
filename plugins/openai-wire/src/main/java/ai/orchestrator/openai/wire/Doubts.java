package ai.orchestrator.openai.wire;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of what a far side says of tokens and money and that cannot be so: once a minute, however often it happens. */
public final class Doubts {
    private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);
    private static final long PAUSE_NANOS = 60_000_000_000L;

    private final String who;
    private final LongSupplier nanoTime;
    private long lastWarned;
    private boolean warned;
    private int unsaid;

    /** @param who says it, for the log */
    public Doubts(String who) {
        this(who, System::nanoTime);
    }

    Doubts(String who, LongSupplier nanoTime) {
        this.who = who;
        this.nanoTime = nanoTime;
    }

    /** @param what is wrong, and what counts instead, as one sentence without a full stop */
    public synchronized void warn(String model, String what) {
        long now = nanoTime.getAsLong();
        if (warned && now - lastWarned < PAUSE_NANOS) {
            unsaid++;
            return;
        }
        if (unsaid == 0) {
            LOG.warn("{}: of an answer by {}, {}", who, model, what);
        } else {
            LOG.warn(
                    "{}: of an answer by {}, {}; {} more of the kind since the last warning", who, model, what, unsaid);
        }
        warned = true;
        lastWarned = now;
        unsaid = 0;
    }
}
