package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.Settings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps what is known of a far side's models up to date, on a thread of its own. A list that cannot be read is tried again sooner. */
public final class ListRefresh implements AutoCloseable {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** How long the first list is worth waiting for. */
    private static final Duration FIRST = Duration.ofSeconds(3);

    /** Reads the list, and keeps or passes on what it says. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads once.
         *
         * @return what is wrong with the list, in one sentence; empty for nothing
         * @throws PluginFailure if the list cannot be had
         */
        String read();
    }

    private final Reader reader;
    private final String what;
    private final Duration every;
    private final Duration firstRetry;
    private final Condition condition;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final long firstUntil = System.nanoTime() + FIRST.toNanos();
    private final Thread thread = Thread.ofVirtual().name("model-list").unstarted(this::run);

    /**
     * Nothing is read before {@link #start}.
     *
     * @param what the list's name in messages, such as {@code OpenRouter's list of models}
     * @param every how long a list that was read is good
     * @param firstRetry how soon a list that could not be read is tried again; doubled each time, up to {@code every}
     */
    public ListRefresh(Reader reader, String what, Duration every, Duration firstRetry, Condition condition) {
        this.reader = reader;
        this.what = what;
        this.every = every;
        this.firstRetry = firstRetry.compareTo(every) < 0 ? firstRetry : every;
        this.condition = condition;
    }

    /**
     * Reads {@code refresh}, how often the list is read.
     *
     * @throws InvalidSettingException if it is not 1 s to 1 d
     */
    public static Duration interval(Settings settings, Duration fallback) {
        Duration refresh = settings.duration("refresh", fallback);
        if (refresh.compareTo(SHORTEST) < 0 || refresh.compareTo(LONGEST) > 0) {
            throw new InvalidSettingException("refresh", "expected 1s to 1d");
        }
        return refresh;
    }

    /** Reads the list now, and again and again. */
    public void start() {
        thread.start();
    }

    /** Waits until the list was read for the first time, or could not be, for the first few seconds only. */
    public void awaitFirst() {
        if (tried.getCount() == 0) {
            return;
        }
        try {
            tried.await(firstUntil - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        Duration retry = firstRetry;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean read = refresh();
                tried.countDown();
                if (read) {
                    retry = firstRetry;
                    Thread.sleep(every);
                } else {
                    Thread.sleep(retry);
                    retry = retry.multipliedBy(2).compareTo(every) < 0 ? retry.multipliedBy(2) : every;
                }
            }
        } catch (InterruptedException e) {
            // closed: nothing is left to do
        }
    }

    private boolean refresh() throws InterruptedException {
        try {
            condition.list(reader.read());
            return true;
        } catch (PluginFailure e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            condition.list(what + " could not be read: " + e.getMessage());
            return false;
        }
    }
}
