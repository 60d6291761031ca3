package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.Health.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;

/** What the last calls say about each server; writes one log line when that changes. */
final class Reachability {
    private static final Logger log = LoggerFactory.getLogger(Reachability.class);
    private static final String WITHOUT_SERVER = "{} Answers are not shared through it until that is over.";
    private static final String WITHOUT_NEWS =
            "{} Another server in place of one that fails is not noticed until that is over.";

    private final Map<HostAndPort, Health> servers = new ConcurrentHashMap<>();
    private volatile Optional<Health> lost = Optional.empty();
    private volatile String advice = "";

    /** Of all servers together: down if none can be used, degraded if one cannot. */
    Health health() {
        Optional<Health> search = lost;
        if (areWell()) {
            return new Health(State.UP, search.map(Health::detail).orElse(advice));
        }
        List<Health> known = new ArrayList<>(servers.values());
        search.ifPresent(known::add);
        if (known.isEmpty()) {
            return Health.starting("Redis was not asked yet.");
        }
        List<String> faults = known.stream()
                .filter(health -> health.state() != State.UP)
                .map(Health::detail)
                .sorted()
                .toList();
        return new Health(all(known, State.DOWN) ? State.DOWN : State.DEGRADED, String.join(" ", faults));
    }

    /** True if a server, or the way to it, was not well last. */
    boolean isAmiss() {
        return lost.isPresent() || !areWell();
    }

    /** A read was answered; that says nothing about whether writes are refused. */
    void read(HostAndPort server) {
        Health before = servers.get(server);
        if (before == null || before.state() == State.DOWN) {
            recover(server);
        }
    }

    /** A write was done. */
    void written(HostAndPort server) {
        Health before = servers.get(server);
        if (before == null || before.state() != State.UP) {
            recover(server);
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
        return !servers.isEmpty() && all(servers.values(), State.UP);
    }

    private void recover(HostAndPort server) {
        Health before = servers.put(server, Health.up());
        if (before == null || before.state() != State.UP) {
            log.info("Redis at {} answers", server);
        }
    }

    private void become(HostAndPort server, Health next, RedisFault fault) {
        Health before = servers.put(server, next);
        if (before == null || before.state() != next.state()) {
            log.warn(WITHOUT_SERVER, next.detail());
            log.debug("What Redis at {} met", server, fault.cause());
        }
    }

    private static String sentence(HostAndPort server, RedisFault fault) {
        return "Redis at " + server + " " + fault.what() + ".";
    }

    private static boolean all(Collection<Health> healths, State state) {
        return healths.stream().allMatch(health -> health.state() == state);
    }
}
