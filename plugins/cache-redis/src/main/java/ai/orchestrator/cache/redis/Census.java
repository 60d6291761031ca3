package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.TierUsage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.params.ScanParams;

/** Counts what the servers hold, cheaply, and looks at how they deal with being full. Used by one thread. */
final class Census {
    private static final Logger log = LoggerFactory.getLogger(Census.class);
    private static final int SLICE = 1000;
    /** Where there are more keys than these slices show, the number of entries is estimated from them. */
    private static final int SLICES = 20;

    private final RedisCalls redis;
    private final RedisKeys keys;
    private final Map<HostAndPort, Long> evictedLast = new HashMap<>();
    private final Map<HostAndPort, String> advised = new HashMap<>();
    private long evictions;

    Census(RedisCalls redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Where nothing is known, not even of one server. */
    TierUsage unknown() {
        return new TierUsage(-1, -1, -1, evictions);
    }

    /** Of all servers together; logs what the operator should change when that changes. */
    TierUsage count(List<HostAndPort> servers) {
        long entries = 0;
        long used = 0;
        long limit = 0;
        for (HostAndPort server : servers) {
            ServerMemory memory = ServerMemory.of(redis.callAt(server, Purpose.OBSERVE, Commands.info("memory")));
            advise(server, memory);
            countEvictions(server);
            entries += countEntries(server);
            used = sum(used, memory.used());
            limit = sum(limit, memory.limit() > 0 ? memory.limit() : -1);
        }
        evictedLast.keySet().retainAll(servers);
        advised.keySet().retainAll(servers);
        return new TierUsage(entries, used, limit, evictions);
    }

    /** What the operator should change, a sentence or more; empty if nothing. */
    String advice() {
        List<String> sentences = new ArrayList<>(advised.values());
        sentences.removeIf(String::isEmpty);
        sentences.sort(null);
        return String.join(" ", sentences);
    }

    private void advise(HostAndPort server, ServerMemory memory) {
        String advice =
                memory.advice().map(text -> "Redis at " + server + " " + text).orElse("");
        String before = advised.put(server, advice);
        if (!advice.isEmpty() && !advice.equals(before)) {
            log.warn(advice);
        }
    }

    private void countEvictions(HostAndPort server) {
        String stats = redis.callAt(server, Purpose.OBSERVE, Commands.info("stats"));
        long evicted = Math.max(0, ServerMemory.number(stats, "evicted_keys"));
        Long before = evictedLast.put(server, evicted);
        if (before != null) {
            evictions += Math.max(0, evicted - before); // less than before after a restart of the server
        }
    }

    /** The order of SCAN has nothing to do with the keys' names, so its first slices stand for all. */
    private long countEntries(HostAndPort server) {
        ScanParams slice = new ScanParams().count(SLICE);
        ScanPage page = new ScanPage(ScanPage.START, List.of());
        long seen = 0;
        long entries = 0;
        for (int i = 0; i < SLICES; i++) {
            page = redis.callAt(server, Purpose.OBSERVE, Commands.scan(page.cursor(), slice));
            seen += page.names().size();
            entries += page.names().stream().filter(keys::isEntry).count();
            if (page.isLast()) {
                return entries;
            }
        }
        long size = redis.callAt(server, Purpose.OBSERVE, Commands.size());
        return seen == 0 ? 0 : Math.round((double) size * entries / seen);
    }

    private static long sum(long total, long part) {
        return total < 0 || part < 0 ? -1 : total + part;
    }
}
