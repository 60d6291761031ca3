package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.Health.State;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the last calls say about Redis; writes one log line when that changes. */
final class Reachability {
    private static final Logger log = LoggerFactory.getLogger(Reachability.class);

    private final RedisAddress address;
    private final AtomicReference<Health> health = new AtomicReference<>(Health.starting("Redis was not asked yet."));

    Reachability(RedisAddress address) {
        this.address = address;
    }

    Health health() {
        return health.get();
    }

    /** A read was answered; that says nothing about whether writes are refused. */
    void read() {
        State state = health.get().state();
        if (state == State.DOWN || state == State.STARTING) {
            recover();
        }
    }

    /** A write was done. */
    void written() {
        if (health.get().state() != State.UP) {
            recover();
        }
    }

    void failed(RedisFault fault) {
        switch (fault.effect()) {
            case DOWN -> become(Health.down(sentence(fault)), fault);
            case READ_ONLY -> become(Health.degraded(sentence(fault)), fault);
            case NONE -> {}
        }
    }

    private String sentence(RedisFault fault) {
        return "Redis at " + address + " " + fault.what() + ".";
    }

    private void recover() {
        if (health.getAndSet(Health.up()).state() != State.UP) {
            log.info("Redis at {} answers", address);
        }
    }

    private void become(Health next, RedisFault fault) {
        if (health.getAndSet(next).state() != next.state()) {
            log.warn("{} Answers are not shared through it until that is over.", next.detail());
            log.debug("What Redis at {} met", address, fault.cause());
        }
    }
}
