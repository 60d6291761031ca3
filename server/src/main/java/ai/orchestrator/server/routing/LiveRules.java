package ai.orchestrator.server.routing;

import ai.orchestrator.server.orchestration.RulesFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a file that may change while they are used. A new text is checked whole and takes the place of the one before at once; one that
 * does not hold is told of, and the last good rules stay. A request takes the rules once and keeps them to its end.
 *
 * <p>The text itself is looked at now and then, not the file's events or times: that works the same on network drives and where the file is a
 * link that is turned to another one, as Kubernetes does.
 */
public final class LiveRules implements Supplier<YamlRoutingRules>, RulesFile, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Path file;
    private final Map<String, String> environment;
    private final ReentrantLock reading = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile YamlRoutingRules current;
    private RulesText inForce;
    private RulesText looked;
    private RulesText refused;

    private LiveRules(Path file, Map<String, String> environment, RulesText text, YamlRoutingRules rules) {
        this.file = file;
        this.environment = environment;
        this.current = rules;
        this.inForce = text;
        this.looked = text;
        this.refused = text;
    }

    /**
     * Reads the file; it is looked at again once {@link #watch} is called.
     *
     * @param environment fills the file's placeholders
     * @throws InvalidRoutesException if it cannot be read or anything in it is wrong, with all that is
     */
    public static LiveRules load(Path file, Map<String, String> environment) {
        RulesText text = RulesText.of(file);
        return new LiveRules(file, environment, text, text.parse(environment));
    }

    /** The rules now in force. */
    @Override
    public YamlRoutingRules get() {
        return current;
    }

    /** Begins to look after the file. */
    public void watch() {
        Thread.ofPlatform().name("routes").daemon().start(() -> {
            try {
                while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    look();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public Reload reload() {
        reading.lock();
        try {
            return take(RulesText.of(file));
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** Takes a text that is new, and the same at two looks: whoever writes it may not be done at the first. */
    void look() {
        reading.lock();
        try {
            RulesText text = RulesText.of(file);
            boolean settled = text.equals(looked);
            looked = text;
            if (settled && !text.equals(inForce) && !text.equals(refused)) {
                take(text);
            }
        } finally {
            reading.unlock();
        }
    }

    private Reload take(RulesText text) {
        looked = text;
        try {
            YamlRoutingRules next = text.parse(environment);
            List<String> changes = RulesDiff.between(current.rules(), next.rules());
            current = next;
            inForce = text;
            refused = text;
            if (changes.isEmpty()) {
                LOG.info("{} was read again: the rules are the same", file.getFileName());
            } else {
                LOG.info("{} was read again: {}", file.getFileName(), String.join("; ", changes));
            }
            return new Reload.InForce(changes);
        } catch (InvalidRoutesException e) {
            refused = text;
            LOG.warn(
                    "{} cannot be used, the rules before stay in force: {}",
                    file.getFileName(),
                    String.join("; ", e.problems()));
            return new Reload.Refused(e.problems());
        }
    }
}
