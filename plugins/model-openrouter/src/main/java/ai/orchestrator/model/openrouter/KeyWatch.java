package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.ChatCompletions;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks OpenRouter now and then how the API key is doing, and soon after a call was refused; on a thread of its own. */
final class KeyWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Duration WHILE_BAD = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Between two looks, however many calls are refused. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ChatCompletions client;
    private final String name;
    private final Runnable accepted;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("key-watch").unstarted(this::run);
    private volatile Health health = Health.up();

    /**
     * Nothing is asked before {@link #start}.
     *
     * @param name the provider's, for the log
     * @param accepted called whenever OpenRouter accepts the key
     */
    KeyWatch(ChatCompletions client, String name, Runnable accepted) {
        this.client = client;
        this.name = name;
        this.accepted = accepted;
    }

    /** Asks now, and again and again. */
    void start() {
        thread.start();
    }

    /** Asks as soon as may be; returns at once. */
    void soon() {
        due.release();
    }

    /** How the key was doing when it was last asked about; well as long as nobody knows. */
    Health health() {
        return health;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(PAUSE);
                Duration wait = health.state() == Health.State.UP ? EVERY : WHILE_BAD;
                due.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
                due.drainPermits();
            }
        } catch (InterruptedException e) {
            // closed: nothing is left to do
        }
    }

    private void look() throws InterruptedException {
        try {
            change(KeyState.read(client.get("key", PATIENCE).path("data"), Instant.now()));
            if (health.state() != Health.State.DOWN) {
                accepted.run();
            }
        } catch (PluginFailure e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            // that OpenRouter cannot be asked, or is a gateway without this path, says nothing of the key
            if (e.code() == FailureCode.CREDENTIALS) {
                change(Health.down(e.getMessage()));
            }
        }
    }

    private void change(Health now) {
        if (now.state() != health.state()) {
            if (now.state() == Health.State.UP) {
                LOG.info("{}: OpenRouter accepts the API key again", name);
            } else {
                LOG.warn("{}: {}", name, now.detail());
            }
        }
        health = now;
    }
}
