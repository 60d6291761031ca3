package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.Health.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;

/** What the last calls say about each server; writes one log line when that changes. */
final class Reachability {
    private static final Logger log = LoggerFactory.getLogger(Reachability.class);
    private static final String WITHOUT_SERVER = "{} Answers are not shared through it until that is over.";
    private static final String WITHOUT_NEWS =
            "{} Another server in place of one that fails is not noticed until that is over.";

    private final Map<HostAndPort, Standing> servers = new ConcurrentHashMap<>();
    private volatile Optional<Health> lost = Optional.empty();
    private volatile String advice = "";

    /** Of all servers together: down if none can be used, degraded if one cannot. */
    Health health() {
        Optional<Health> search = lost;
        if (areWell()) {
            return new Health(State.UP, search.map(Health::detail).orElse(advice));
        }
        List<Health> known = new ArrayList<>();
        servers.values().forEach(standing -> known.add(standing.health()));
        search.ifPresent(known::add);
        if (known.isEmpty()) {
            return Standing.UNKNOWN.health();
        }
        String faults = known.stream()
                .filter(health -> health.state() != State.UP)
                .map(Health::detail)
                .sorted()
                .collect(Collectors.joining(" "));
        if (known.stream().allMatch(health -> health.state() == State.STARTING)) {
            return Health.starting(faults);
        }
        return known.stream().allMatch(health -> health.state() == State.DOWN)
                ? Health.down(faults)
                : Health.degraded(faults);
    }

    /** True if a server, or the way to it, was not well last. */
    boolean isAmiss() {
        return lost.isPresent() || !areWell();
    }

    /** A server answered. */
    void answered(HostAndPort server, boolean toWrite) {
        Standing known = servers.getOrDefault(server, Standing.UNKNOWN);
        if (!known.isSettled(toWrite)) {
            servers.compute(server, (key, now) -> recovered(server, now == null ? Standing.UNKNOWN : now, toWrite));
        }
    }

    /** A call failed. */
    void failed(HostAndPort server, RedisFault fault) {
        switch (fault.effect()) {
            case DOWN -> become(server, Health.down(sentence(server, fault)), fault);
            case READ_ONLY -> become(server, Health.degraded(sentence(server, fault)), fault);
            case NONE -> {}
        }
    }

    /** Nobody tells which servers there are. */
    void lost(RedisFault fault) {
        Health now = Health.down("Redis " + fault.what() + ".");
        Optional<Health> before = lost;
        lost = Optional.of(now);
        if (before.isEmpty()) {
            log.warn(areWell() ? WITHOUT_NEWS : WITHOUT_SERVER, now.detail());
            log.debug("What the search for Redis met", fault.cause());
        }
    }

    /** These are the servers, and no others. */
    void keepOnly(Collection<HostAndPort> masters) {
        lost = Optional.empty();
        servers.keySet().retainAll(masters);
    }

    /** What the operator should know of a Redis that is well; a sentence or more, or empty. */
    void advise(String sentences) {
        advice = sentences;
    }

    private boolean areWell() {
        return !servers.isEmpty() && servers.values().stream().allMatch(Standing::isWell);
    }

    private static Standing recovered(HostAndPort server, Standing before, boolean toWrite) {
        Standing now = before.answered(toWrite);
        if (now.isWell() && !before.isWell() && before.announced()) {
            log.info("Redis at {} answers", server);
        }
        return now;
    }

    private void become(HostAndPort server, Health next, RedisFault fault) {
        servers.compute(server, (key, known) -> {
            Standing before = known == null ? Standing.UNKNOWN : known;
            Standing now = fault.code() == FailureCode.TIMEOUT ? before.timedOut(next) : before.failed(next);
            if (now.warnedAt() != before.warnedAt()) {
                log.warn(WITHOUT_SERVER, next.detail());
                log.debug("What Redis at {} met", server, fault.cause());
            }
            return now;
        });
    }

    private static String sentence(HostAndPort server, RedisFault fault) {
        return "Redis at " + server + " " + fault.what() + ".";
    }
}
